// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function that spatch cannot parse is told as not analysed.
 *
 * consults: consulted/refuses.c
 */

int case_broken(struct kvm_lapic *apic, u64 *val) /* NOT-ANALYSED */
{
	CASE_BEGIN(apic) ) {
		kvm_lapic_reg_read(apic, APIC_ICR, 8, val);
	} CASE_END ( ;
}

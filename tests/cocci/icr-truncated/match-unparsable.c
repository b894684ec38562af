// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function that spatch cannot parse is told as not analysed.
 */

static void case_broken(struct kvm_lapic *apic, u64 data) /* NOT-ANALYSED */
{
	CASE_BEGIN(apic) ) {
		kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	} CASE_END ( ;
}

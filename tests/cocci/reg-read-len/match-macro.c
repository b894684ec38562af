// SPDX-License-Identifier: GPL-2.0-only
/*
 * A macro body has to be told as not analysed.
 *
 * consults: consulted/refuses.c
 */

#define case_read64(apic, val) /* NOT-ANALYSED */	\
	kvm_lapic_reg_read(apic, APIC_ICR, 8, val)

int case_use(struct kvm_lapic *apic, u64 *val)
{
	return case_read64(apic, val);
}

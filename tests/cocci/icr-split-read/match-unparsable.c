// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function that spatch cannot parse is told as not analysed.
 */

static u64 case_broken(struct kvm_lapic *apic) /* NOT-ANALYSED */
{
	CASE_BEGIN(apic) ) {
		return (u64)kvm_lapic_get_reg(apic, APIC_ICR) |
		       (u64)kvm_lapic_get_reg(apic, APIC_ICR2) << 32;
	} CASE_END ( ;
}

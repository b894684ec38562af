// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function that spatch cannot parse is told as not analysed.
 */

static void case_broken(struct kvm_lapic *apic, u32 offset) /* NOT-ANALYSED */
{
	CASE_BEGIN(apic) ) {
		kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
	} CASE_END ( ;
}

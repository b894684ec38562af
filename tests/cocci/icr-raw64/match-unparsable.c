// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function that spatch cannot parse is told as not analysed.
 */

static u64 case_broken(struct kvm_lapic *apic) /* NOT-ANALYSED */
{
	CASE_BEGIN(apic) ) {
		return *(u64 *)(apic->regs + APIC_ICR);
	} CASE_END ( ;
}

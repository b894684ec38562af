// SPDX-License-Identifier: GPL-2.0-only
/*
 * A pointer into the page, with and without a cast.
 */

void case_pointers(struct kvm_lapic *apic, u32 offset)
{
	u64 *icr = apic->regs + APIC_ICR;	       /* FINDING */
	__u64 *slot = (__u64 *)(apic->regs + offset); /* FINDING */

	*slot = *icr;
}

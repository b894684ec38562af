// SPDX-License-Identifier: GPL-2.0-only
/*
 * More casts, other types of the same width.
 */

u64 case_casts(struct kvm_lapic *apic, u32 offset)
{
	u64 a = *(u64 *)((char *)apic->regs + offset);	    /* FINDING */
	u64 b = *(volatile u64 *)(apic->regs + offset);	    /* FINDING */
	u64 c = (u64)*(s64 *)(apic->regs + APIC_ICR);	    /* FINDING */
	u64 d = *(const u64 *)(apic->regs + APIC_ICR);	    /* FINDING */

	return a + b + c + d + *(uint64_t *)(apic->regs + offset); /* FINDING */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * *(u64 *)(apic->regs + APIC_ICR) in a comment, in a string, in code that is
 * never compiled.
 */

void case_text(struct kvm_lapic *apic, u64 *val)
{
	pr_debug("*(u64 *)(apic->regs + APIC_ICR)\n");
#if 0
	*val = *(u64 *)(apic->regs + APIC_ICR);
#endif
	*val = (u64)apic->regs;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Written as an array.
 */

u64 case_index(struct kvm_lapic *apic, u32 offset)
{
	u64 low = *(u64 *)&apic->regs[offset]; /* FINDING */

	return low + ((u64 *)apic->regs)[APIC_ICR / 8]; /* FINDING */
}

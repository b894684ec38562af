// SPDX-License-Identifier: GPL-2.0-only
/*
 * READ_ONCE() and WRITE_ONCE() do not make it better.
 */

void case_once(struct kvm_lapic *apic, u32 reg, u64 data)
{
	u64 old = READ_ONCE(*(u64 *)(apic->regs + reg)); /* FINDING */

	if (old != data)
		WRITE_ONCE(*(u64 *)(apic->regs + APIC_ICR), data); /* FINDING */
}

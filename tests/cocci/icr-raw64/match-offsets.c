// SPDX-License-Identifier: GPL-2.0-only
/*
 * Offsets that are computed, in other words an offset that is not known.
 */

u64 case_offsets(struct kvm_lapic *apic, struct case_exit *exit, u32 msr)
{
	u64 sum = *(u64 *)(apic->regs + ((msr - APIC_BASE_MSR) << 4)); /* FINDING */

	sum += *(u64 *)(apic->regs + (msr & 0xff0)); /* FINDING */
	sum += *(u64 *)(apic->regs + exit->offset);   /* FINDING */
	return sum;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The upper half is read in a conditional expression.
 */

static u64 case_choice(struct kvm_lapic *apic, u32 reg)
{
	u32 low = kvm_lapic_get_reg(apic, reg); /* FINDING */
	u64 high = reg == APIC_ICR ? kvm_lapic_get_reg(apic, APIC_ICR2) : 0; /* WITH */

	return high << 32 | low;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The upper half first, then the register variable.
 */

static int case_read(struct kvm_lapic *apic, u32 reg, u64 *data)
{
	u32 low, high = 0;

	if (reg == APIC_ICR)
		kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high); /* FINDING */
	if (kvm_lapic_reg_read(apic, reg, 4, &low)) /* WITH */
		return 1;

	*data = (((u64)high) << 32) | low;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The upper half is read in a case.
 */

static int case_switch(struct kvm_lapic *apic, u32 reg, u64 *data)
{
	u32 low, high = 0;

	if (kvm_lapic_reg_read(apic, reg, 4, &low)) /* FINDING */
		return 1;
	switch (reg) {
	case APIC_ID:
		low >>= 24;
		break;
	case APIC_ICR:
		if (kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high)) /* WITH */
			return 1;
		break;
	default:
		break;
	}
	*data = (u64)high << 32 | low;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * A split in a case, and one that a case begins and the code after the switch
 * ends.
 */

int case_one(struct kvm_lapic *apic, int id, u32 icrh, u32 icrl)
{
	switch (id) {
	case 0:
		kvm_lapic_reg_write(apic, APIC_ICR2, icrh); /* FINDING 1 */
		kvm_lapic_reg_write(apic, APIC_ICR, icrl); /* WITH 1 */
		break;
	default:
		break;
	}
	return 0;
}

int case_two(struct kvm_lapic *apic, u32 reg, u64 data)
{
	switch (reg) {
	case APIC_ID:
		return 1;
	case APIC_ICR:
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING 2 */
		break;
	default:
		break;
	}
	return kvm_lapic_reg_write(apic, reg, (u32)data); /* WITH 2 */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The upper half is not lost: somebody else has it.
 */

int case_hands_over(struct kvm_lapic *apic, u64 data)
{
	case_set_destination(apic, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

int case_keeps(struct kvm_lapic *apic, u64 data)
{
	u32 dest = data >> 32;

	if (dest != case_destination(apic))
		return 1;
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

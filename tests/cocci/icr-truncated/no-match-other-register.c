// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registers of 32 bits, or of a number that is not known.
 */

int case_others(struct kvm_lapic *apic, u32 reg, u64 data)
{
	if (reg == APIC_ICR)
		return 1;
	kvm_lapic_reg_write(apic, APIC_TMICT, (u32)data);
	return kvm_lapic_reg_write(apic, reg, (u32)data);
}

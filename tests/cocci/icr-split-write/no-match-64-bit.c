// SPDX-License-Identifier: GPL-2.0-only
/*
 * The 64-bit accessors.
 */

int case_write(struct kvm_lapic *apic, u32 reg, u64 data)
{
	if (reg == APIC_ICR2)
		return 1;
	if (reg == APIC_ICR)
		return kvm_x2apic_icr_write(apic, data);
	return kvm_lapic_reg_write(apic, reg, (u32)data);
}

void case_set(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_set_reg64(apic, APIC_ICR, data);
	kvm_lapic_reg_write64(apic, APIC_ICR, data);
}

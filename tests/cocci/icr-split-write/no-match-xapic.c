// SPDX-License-Identifier: GPL-2.0-only
/*
 * xAPIC mode has two 32-bit registers.
 */

void case_xapic(struct kvm_lapic *apic, u64 data)
{
	if (apic_x2apic_mode(apic)) {
		kvm_lapic_set_reg64(apic, APIC_ICR, data);
	} else {
		kvm_lapic_set_reg(apic, APIC_ICR2, data >> 32);
		kvm_lapic_set_reg(apic, APIC_ICR, data);
	}
}

int case_xapic_only(struct kvm_lapic *apic, u64 data)
{
	if (apic_x2apic_mode(apic))
		return kvm_x2apic_icr_write(apic, data);

	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

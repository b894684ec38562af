// SPDX-License-Identifier: GPL-2.0-only
/*
 * The whole register is written as well.
 */

void case_whole(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_set_reg64(apic, APIC_ICR, data);
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

void case_64_bit(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write64(apic, APIC_ICR, data);
	kvm_x2apic_icr_write(apic, data);
}

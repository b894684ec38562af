// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes that only store: the order does not matter.
 */

void case_reset(struct kvm_lapic *apic)
{
	kvm_lapic_set_reg(apic, APIC_ICR, 0);
	kvm_lapic_set_reg(apic, APIC_ICR2, 0);
}

void case_store(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_set_reg(apic, APIC_ICR, data);
	kvm_lapic_set_reg(apic, APIC_ICR2, data >> 32);
	apic_set_reg(apic, APIC_ICR, data);
	apic_set_reg(apic, APIC_ICR2, data >> 32);
}

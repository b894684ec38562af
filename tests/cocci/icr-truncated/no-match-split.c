// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICR2 is written before or after: other rules look at these.
 */

int case_split(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

void case_order(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
}

void case_perhaps(struct kvm_lapic *apic, bool physical, u64 data)
{
	if (physical)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

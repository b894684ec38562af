// SPDX-License-Identifier: GPL-2.0-only
/*
 * The two writes go to different APICs.
 */

void case_two(struct kvm_lapic *source, struct kvm_lapic *target, u64 data)
{
	kvm_lapic_set_reg(source, APIC_ICR2, (u32)(data >> 32));
	kvm_lapic_set_reg(target, APIC_ICR, (u32)data);
}

void case_next(struct kvm_lapic *apic, struct kvm_lapic *other, u64 data)
{
	kvm_lapic_set_reg(apic, APIC_ICR2, (u32)(data >> 32));
	apic = other;
	kvm_lapic_set_reg(apic, APIC_ICR, (u32)data);
}

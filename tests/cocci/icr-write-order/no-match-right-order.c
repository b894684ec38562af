// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICR2, then ICR, once and twice.
 */

void case_once(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

void case_twice(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

void case_apart(struct kvm_lapic *apic, u32 h1, u32 l1, u32 h2, u32 l2)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, h1);
	case_wait(apic);
	kvm_lapic_reg_write(apic, APIC_ICR, l1);
	case_wait(apic);
	kvm_lapic_reg_write(apic, APIC_ICR2, h2);
	case_wait(apic);
	kvm_lapic_reg_write(apic, APIC_ICR, l2);
}

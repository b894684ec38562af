// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two APICs.
 */

void case_two(struct kvm_lapic *source, struct kvm_lapic *target, u32 icrl, u32 icrh)
{
	kvm_lapic_reg_write(source, APIC_ICR, icrl);
	kvm_lapic_reg_write(target, APIC_ICR2, icrh);
}

void case_next(struct kvm_lapic *apic, struct kvm_lapic *other, u32 icrl, u32 icrh)
{
	kvm_lapic_reg_write(apic, APIC_ICR, icrl);
	apic = other;
	kvm_lapic_reg_write(apic, APIC_ICR2, icrh);
}

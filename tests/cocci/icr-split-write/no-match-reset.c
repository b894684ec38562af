// SPDX-License-Identifier: GPL-2.0-only
/*
 * A reset writes the same constant to both.
 * path: arch/x86/kvm/lapic.c
 */

void case_reset(struct kvm_lapic *apic)
{
	kvm_lapic_set_reg(apic, APIC_ESR, 0);
	kvm_lapic_set_reg(apic, APIC_ICR, 0);
	kvm_lapic_set_reg(apic, APIC_ICR2, 0);
	kvm_lapic_set_reg(apic, APIC_TDCR, 0);
}

void case_reset_other_way(struct kvm_lapic *apic)
{
	kvm_lapic_set_reg(apic, APIC_ICR2, 0);
	kvm_lapic_set_reg(apic, APIC_ICR, 0);
}

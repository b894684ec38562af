// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_apic_write_nodecode() of 6.1 without its else.
 * path: arch/x86/kvm/lapic.c
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	struct kvm_lapic *apic = vcpu->arch.apic;

	if (apic_x2apic_mode(apic) && offset == APIC_ICR)
		WARN_ON_ONCE(kvm_x2apic_icr_write(apic, kvm_x2apic_icr_read(apic)));

	kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset)); /* FINDING */
}

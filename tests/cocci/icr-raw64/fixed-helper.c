// SPDX-License-Identifier: GPL-2.0-only
/*
 * Through the helper.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	struct kvm_lapic *apic = vcpu->arch.apic;

	if (apic_x2apic_mode(apic) && offset == APIC_ICR)
		case_send(vcpu, kvm_lapic_get_reg64(apic, APIC_ICR));
	else
		kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * With the local variable.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u32 val = 0;

	if (apic_x2apic_mode(apic) && offset == APIC_ICR)
		val = kvm_lapic_get_reg(apic, APIC_ICR);
	else
		kvm_lapic_reg_read(apic, offset, 4, &val);
	kvm_lapic_reg_write(apic, offset, val);
}

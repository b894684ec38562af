// SPDX-License-Identifier: GPL-2.0-only
/*
 * Both paths fill the wide one.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u64 val = 0;

	if (apic_x2apic_mode(apic) && offset == APIC_ICR)
		kvm_lapic_reg_read(apic, offset, 8, &val);
	else
		kvm_lapic_reg_read(apic, offset, 4, &val);
	kvm_lapic_reg_write(apic, offset, (u32)val);
}

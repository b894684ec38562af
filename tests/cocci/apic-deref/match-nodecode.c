// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each branch takes it anew.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	u32 val = 0;

	if (apic_x2apic_mode(vcpu->arch.apic) && offset == APIC_ICR) { /* FINDING */
		kvm_lapic_reg_write(vcpu->arch.apic, APIC_ICR2, 0); /* WITH */
	} else {
		kvm_lapic_reg_read(vcpu->arch.apic, offset, 4, &val); /* WITH */
	}
	kvm_lapic_reg_write(vcpu->arch.apic, offset, val); /* WITH */
}

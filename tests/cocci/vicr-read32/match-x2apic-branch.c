// SPDX-License-Identifier: GPL-2.0-only
/*
 * The branch for x2APIC reads 32 bits.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u32 val;

	if (apic_x2apic_mode(apic)) {
		kvm_lapic_reg_read(apic, offset, 4, &val); /* FINDING */
		kvm_lapic_reg_write(apic, offset, val); /* WITH */
	}
}

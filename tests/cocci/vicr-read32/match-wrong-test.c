// SPDX-License-Identifier: GPL-2.0-only
/*
 * The else of a test that does not rule out the ICR of an x2APIC.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset, bool nested)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u32 val;

	if (apic_x2apic_mode(apic) && nested) {
		case_nested(vcpu);
	} else {
		kvm_lapic_reg_read(apic, offset, 4, &val); /* FINDING */
		kvm_lapic_reg_write(apic, offset, val); /* WITH */
	}
}

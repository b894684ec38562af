// SPDX-License-Identifier: GPL-2.0-only
/*
 * The raw read is the same defect.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	u32 val = kvm_lapic_get_reg(vcpu->arch.apic, offset); /* FINDING */

	/* TODO: optimize to just emulate side effect w/o one more write */
	kvm_lapic_reg_write(vcpu->arch.apic, offset, val); /* WITH */
}

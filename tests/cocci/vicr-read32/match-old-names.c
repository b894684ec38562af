// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names before v4.7.
 */

void case_old_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	u32 val = 0;

	apic_reg_read(vcpu->arch.apic, offset, 4, &val); /* FINDING */

	apic_reg_write(vcpu->arch.apic, offset, val); /* WITH */
}

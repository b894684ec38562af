// SPDX-License-Identifier: GPL-2.0-only
/*
 * The APIC-write exit: read and written back at the offset of the exit.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	u32 val = 0;

	/* hw has done the conditional check and inst decode */
	offset &= 0xff0;

	kvm_lapic_reg_read(vcpu->arch.apic, offset, 4, &val); /* FINDING */

	kvm_lapic_reg_write(vcpu->arch.apic, offset, val); /* WITH */
}

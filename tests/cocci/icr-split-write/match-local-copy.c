// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lower half goes through a local copy and is written after the if, at
 * an offset that is tested against APIC_ICR.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	u32 val = 0;

	offset &= 0xff0;
	if (apic_x2apic_mode(vcpu->arch.apic) && (offset == APIC_ICR)) {
		u64 icr_val = *((u64 *)(vcpu->arch.apic->regs + offset));

		kvm_lapic_reg_write(vcpu->arch.apic, APIC_ICR2, (u32)(icr_val >> 32)); /* FINDING */
		val = (u32)icr_val;
	} else {
		kvm_lapic_reg_read(vcpu->arch.apic, offset, 4, &val);
	}

	kvm_lapic_reg_write(vcpu->arch.apic, offset, val); /* WITH */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The vICR is read in the handler, at the offset that the CPU told.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	u32 val = 0;

	offset &= 0xff0;

	if (apic_x2apic_mode(vcpu->arch.apic) && offset == APIC_ICR) {
		u64 wide = *((u64 *)(vcpu->arch.apic->regs + offset)); /* FINDING */

		case_send(vcpu, wide);
	} else {
		kvm_lapic_reg_read(vcpu->arch.apic, offset, 4, &val);
	}
}

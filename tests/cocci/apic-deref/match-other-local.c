// SPDX-License-Identifier: GPL-2.0-only
/*
 * A local holds another vCPU's, or a part of it.
 */

void case_other(struct kvm_vcpu *vcpu, struct kvm_vcpu *target)
{
	struct kvm_lapic *apic = target->arch.apic;
	void *regs = vcpu->arch.apic->regs; /* FINDING */

	case_a(apic, vcpu->arch.apic); /* WITH */
	case_b(regs, vcpu->arch.apic); /* WITH */
}

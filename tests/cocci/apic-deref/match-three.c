// SPDX-License-Identifier: GPL-2.0-only
/*
 * Exactly three, in statements of all kinds.
 */

int case_three(struct kvm_vcpu *vcpu)
{
	while (!vcpu->arch.apic->ready) /* FINDING */
		case_wait(vcpu);
	vcpu->arch.apic->ready = false; /* WITH */
	return vcpu->arch.apic->result; /* WITH */
}

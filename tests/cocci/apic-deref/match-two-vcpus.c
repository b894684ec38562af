// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each vCPU has a finding of its own, or none.
 */

void case_vcpus(struct kvm_vcpu *vcpu, struct kvm_vcpu *target, struct kvm_vcpu *other)
{
	case_a(vcpu->arch.apic, target->arch.apic); /* FINDING 1 */
	case_b(vcpu->arch.apic, other->arch.apic);  /* WITH 1 */
	case_c(vcpu->arch.apic, other->arch.apic);  /* WITH 1 */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two functions, two findings.
 */

void case_one(struct kvm_vcpu *vcpu)
{
	case_a(vcpu->arch.apic); /* FINDING 1 */
	case_b(vcpu->arch.apic); /* WITH 1 */
	case_c(vcpu->arch.apic); /* WITH 1 */
}

void case_two(struct kvm_vcpu *vcpu)
{
	case_a(vcpu->arch.apic); /* FINDING 2 */
	case_b(vcpu->arch.apic); /* WITH 2 */
	case_c(vcpu->arch.apic); /* WITH 2 */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The vCPU inside of another structure.
 */

void case_embedded(struct vcpu_svm *svm, struct kvm *kvm, int i)
{
	case_a(svm->vcpu.arch.apic);	  /* FINDING 1 */
	case_b(svm->vcpu.arch.apic);	  /* WITH 1 */
	case_c(svm->vcpu.arch.apic->regs); /* WITH 1 */
	case_a(kvm->vcpus[i]->arch.apic);  /* FINDING 2 */
	case_b(kvm->vcpus[i]->arch.apic);  /* WITH 2 */
	case_c(kvm->vcpus[i]->arch.apic);  /* WITH 2 */
}

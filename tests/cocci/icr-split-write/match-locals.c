// SPDX-License-Identifier: GPL-2.0-only
/*
 * The halves come in two locals.
 */

static void case_exit(struct vcpu_svm *svm)
{
	u32 icrh = svm->vmcb->control.exit_info_1 >> 32;
	u32 icrl = svm->vmcb->control.exit_info_1;
	struct kvm_lapic *apic = svm->vcpu.arch.apic;

	kvm_lapic_reg_write(apic, APIC_ICR2, icrh); /* FINDING */
	kvm_lapic_reg_write(apic, APIC_ICR, icrl); /* WITH */
}

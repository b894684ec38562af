// SPDX-License-Identifier: GPL-2.0-only
/*
 * The definition is in the file that is consulted.
 *
 * path: arch/x86/kvm/svm/avic.c
 * consults: consulted/refuses.c
 */

int case_incomplete_ipi(struct kvm_vcpu *vcpu)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u64 icr = 0;

	if (kvm_lapic_reg_read(apic, APIC_ICR, 8, &icr)) /* FINDING */
		return 1;
	return case_send(apic, icr);
}

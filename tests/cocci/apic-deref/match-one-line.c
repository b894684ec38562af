// SPDX-License-Identifier: GPL-2.0-only
/*
 * All on one line.
 */

bool case_line(struct kvm_vcpu *vcpu)
{
	return case_a(vcpu->arch.apic) && case_b(vcpu->arch.apic) && case_c(vcpu->arch.apic); /* FINDING */
}

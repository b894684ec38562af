// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guard is a use like others.
 */

int case_guard(struct kvm_vcpu *vcpu)
{
	if (!vcpu->arch.apic) /* FINDING */
		return -EINVAL;
	if (!apic_x2apic_mode(vcpu->arch.apic)) /* WITH */
		return 0;
	return case_read(vcpu->arch.apic->regs); /* WITH */
}

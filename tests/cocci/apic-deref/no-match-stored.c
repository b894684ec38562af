// SPDX-License-Identifier: GPL-2.0-only
/*
 * It is made or taken away here.
 */

int case_create(struct kvm_vcpu *vcpu)
{
	vcpu->arch.apic = case_alloc();
	if (!vcpu->arch.apic)
		return -ENOMEM;
	vcpu->arch.apic->vcpu = vcpu;
	return 0;
}

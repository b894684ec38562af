// SPDX-License-Identifier: GPL-2.0-only
/*
 * Twice is not often.
 */

void case_twice(struct kvm_vcpu *vcpu)
{
	if (apic_x2apic_mode(vcpu->arch.apic))
		case_a(vcpu->arch.apic);
}

void case_twice_more(struct kvm_vcpu *vcpu)
{
	if (!apic_x2apic_mode(vcpu->arch.apic))
		case_a(vcpu->arch.apic);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * A local holds it, even if it is not used everywhere.
 */

void case_local(struct kvm_vcpu *vcpu)
{
	struct kvm_lapic *apic = vcpu->arch.apic;

	case_a(apic);
	case_b(vcpu->arch.apic);
	case_c(vcpu->arch.apic);
}

void case_late(struct kvm_vcpu *vcpu)
{
	struct kvm_lapic *apic;

	if (!vcpu->arch.apic)
		return;
	apic = vcpu->arch.apic;
	case_a(apic, vcpu->arch.apic);
}

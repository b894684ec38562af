// SPDX-License-Identifier: GPL-2.0-only
/*
 * Members whose names only begin so, and the same name elsewhere.
 */

void case_members(struct kvm_vcpu *vcpu, struct kvm *kvm)
{
	case_a(vcpu->arch.apic_base, vcpu->arch.apic_arb_prio);
	case_b(vcpu->arch.apic_base, kvm->arch.apic_map);
	case_c(vcpu->apic, vcpu->apic, vcpu->apic);
	case_a(vcpu->arch.apic);
}

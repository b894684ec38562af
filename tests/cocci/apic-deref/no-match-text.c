// SPDX-License-Identifier: GPL-2.0-only
/*
 * vcpu->arch.apic, vcpu->arch.apic and vcpu->arch.apic in a comment, in a
 * string, in code that is never compiled.
 */

void case_text(struct kvm_vcpu *vcpu)
{
	pr_debug("vcpu->arch.apic vcpu->arch.apic\n");
#if 0
	case_c(vcpu->arch.apic, vcpu->arch.apic, vcpu->arch.apic);
#endif
	case_a(vcpu->arch.apic);
}

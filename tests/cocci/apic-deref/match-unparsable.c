// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function that spatch cannot parse is told as not analysed.
 */

static void case_broken(struct kvm_vcpu *vcpu) /* NOT-ANALYSED */
{
	CASE_BEGIN(vcpu) ) {
		case_c(vcpu->arch.apic, vcpu->arch.apic, vcpu->arch.apic);
	} CASE_END ( ;
}

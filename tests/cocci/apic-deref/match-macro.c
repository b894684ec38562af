// SPDX-License-Identifier: GPL-2.0-only
/*
 * A macro body has to be told as not analysed.
 */

#define case_three(vcpu) /* NOT-ANALYSED */				\
	(case_a((vcpu)->arch.apic) || case_b((vcpu)->arch.apic) ||	\
	 case_c((vcpu)->arch.apic))

bool case_use(struct kvm_vcpu *vcpu)
{
	return case_three(vcpu);
}

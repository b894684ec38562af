// SPDX-License-Identifier: GPL-2.0-only
/*
 * No two of them on one path.
 */

void case_switch(struct kvm_vcpu *vcpu, int what)
{
	switch (what) {
	case 1:
		case_a(vcpu->arch.apic); /* FINDING */
		break;
	case 2:
		case_b(vcpu->arch.apic); /* WITH */
		break;
	default:
		case_c(vcpu->arch.apic); /* WITH */
		break;
	}
}

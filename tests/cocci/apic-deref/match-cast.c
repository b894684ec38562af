// SPDX-License-Identifier: GPL-2.0-only
/*
 * With casts, and where an address is taken from it.
 */

void case_casts(struct kvm_vcpu *vcpu)
{
	case_a((void *)vcpu->arch.apic);	       /* FINDING */
	case_b((unsigned long)vcpu->arch.apic->regs); /* WITH */
	case_c(&vcpu->arch.apic->lapic_timer);	       /* WITH */
}

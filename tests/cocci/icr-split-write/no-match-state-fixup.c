// SPDX-License-Identifier: GPL-2.0-only
/*
 * The register page that goes to userspace has both halves (the ABI of
 * KVM_GET_LAPIC and KVM_SET_LAPIC).
 * path: arch/x86/kvm/lapic.c
 */

static void case_state(struct kvm_vcpu *vcpu, struct kvm_lapic_state *s, bool set)
{
	u64 icr;

	if (set) {
		icr = __kvm_lapic_get_reg(s->regs, APIC_ICR) |
		      (u64)__kvm_lapic_get_reg(s->regs, APIC_ICR2) << 32;
		__kvm_lapic_set_reg64(s->regs, APIC_ICR, icr);
	} else {
		icr = __kvm_lapic_get_reg64(s->regs, APIC_ICR);
		__kvm_lapic_set_reg(s->regs, APIC_ICR2, icr >> 32);
	}
}

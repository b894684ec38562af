// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_apic_state_fixup() without its guard and under another name.
 * path: arch/x86/kvm/lapic.c
 */

static void case_fixup(struct kvm_vcpu *vcpu, struct kvm_lapic_state *s)
{
	u64 icr;

	icr = __kvm_lapic_get_reg(s->regs, APIC_ICR) | /* FINDING */
	      (u64)__kvm_lapic_get_reg(s->regs, APIC_ICR2) << 32; /* WITH */
	__kvm_lapic_set_reg64(s->regs, APIC_ICR, icr);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_apic_state_fixup() without the guard (5.18 to 6.0) is exempt by name.
 * path: arch/x86/kvm/lapic.c
 */

static int kvm_apic_state_fixup(struct kvm_vcpu *vcpu, struct kvm_lapic_state *s, bool set)
{
	u64 icr;

	if (set) {
		icr = __kvm_lapic_get_reg(s->regs, APIC_ICR) |
		      (u64)__kvm_lapic_get_reg(s->regs, APIC_ICR2) << 32;
		__kvm_lapic_set_reg64(s->regs, APIC_ICR, icr);
	}
	return 0;
}

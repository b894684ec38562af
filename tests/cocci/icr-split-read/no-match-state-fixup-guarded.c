// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_apic_state_fixup() as in 6.1: joined into the 64-bit register where the
 * halves are not kept apart.
 */

static int case_fixup(struct kvm_vcpu *vcpu, struct kvm_lapic_state *s, bool set)
{
	if (apic_x2apic_mode(vcpu->arch.apic)) {
		u64 icr;

		if (!kvm_x86_ops.x2apic_icr_is_split) {
			if (set) {
				icr = __kvm_lapic_get_reg(s->regs, APIC_ICR) |
				      (u64)__kvm_lapic_get_reg(s->regs, APIC_ICR2) << 32;
				__kvm_lapic_set_reg64(s->regs, APIC_ICR, icr);
			} else {
				icr = __kvm_lapic_get_reg64(s->regs, APIC_ICR);
				__kvm_lapic_set_reg(s->regs, APIC_ICR2, icr >> 32);
			}
		}
	}
	return 0;
}

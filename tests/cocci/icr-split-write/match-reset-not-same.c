// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_lapic_reset() under another name, with a value that is not the same
 * constant in both halves.
 * path: arch/x86/kvm/lapic.c
 */

void case_reset(struct kvm_lapic *apic, u64 icr)
{
	kvm_lapic_set_reg(apic, APIC_ESR, 0);
	kvm_lapic_set_reg(apic, APIC_ICR, (u32)icr); /* WITH */
	kvm_lapic_set_reg(apic, APIC_ICR2, (u32)(icr >> 32)); /* FINDING */
	kvm_lapic_set_reg(apic, APIC_TDCR, 0);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_x2apic_icr_read() without its guard and under another name.
 * path: arch/x86/kvm/lapic.c
 */

static u64 case_icr_read(struct kvm_lapic *apic)
{
	return (u64)kvm_lapic_get_reg(apic, APIC_ICR) | /* FINDING */
	       (u64)kvm_lapic_get_reg(apic, APIC_ICR2) << 32; /* WITH */
}

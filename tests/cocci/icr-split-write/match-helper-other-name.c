// SPDX-License-Identifier: GPL-2.0-only
/*
 * The body of the helper kvm_lapic_reg_write64() under another name.
 * path: arch/x86/kvm/lapic.c
 */

static int case_reg_write64(struct kvm_lapic *apic, u32 reg, u64 data)
{
	/* For 64-bit ICR writes, set ICR2 (dest) before ICR (command). */
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
	return kvm_lapic_reg_write(apic, reg, (u32)data); /* WITH */
}

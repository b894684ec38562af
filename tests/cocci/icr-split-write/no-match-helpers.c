// SPDX-License-Identifier: GPL-2.0-only
/*
 * The helpers that a refactor adds are the place where the split belongs.
 * path: arch/x86/kvm/lapic.c
 */

static int kvm_lapic_reg_write64(struct kvm_lapic *apic, u32 reg, u64 data)
{
	/* For 64-bit ICR writes, set ICR2 (dest) before ICR (command). */
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, reg, (u32)data);
}

static int kvm_lapic_msr_write(struct kvm_lapic *apic, u32 reg, u64 data)
{
	/* For 64-bit ICR writes, set ICR2 (dest) before ICR (command). */
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, reg, (u32)data);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The helper's name exempts only in lapic.c.
 * path: arch/x86/kvm/hyperv.c
 */

static int kvm_lapic_msr_write(struct kvm_lapic *apic, u32 reg, u64 data)
{
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
	return kvm_lapic_reg_write(apic, reg, (u32)data); /* WITH */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The helper of commit 5429478d038f.
 * path: arch/x86/kvm/lapic.c
 */

static int kvm_lapic_msr_read(struct kvm_lapic *apic, u32 reg, u64 *data)
{
	u32 low, high = 0;

	if (kvm_lapic_reg_read(apic, reg, 4, &low))
		return 1;

	if (reg == APIC_ICR &&
	    WARN_ON_ONCE(kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high)))
		return 1;

	*data = (((u64)high) << 32) | low;

	return 0;
}

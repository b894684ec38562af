// SPDX-License-Identifier: GPL-2.0-only
/*
 * The halves of two APICs.
 */

static u64 case_mixed(struct kvm_lapic *source, struct kvm_lapic *target)
{
	u32 low, high;

	kvm_lapic_reg_read(source, APIC_ICR, 4, &low);
	kvm_lapic_reg_read(target, APIC_ICR2, 4, &high);
	return (u64)high << 32 | low;
}

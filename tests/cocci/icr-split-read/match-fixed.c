// SPDX-License-Identifier: GPL-2.0-only
/*
 * Both halves read by name.
 */

static u64 case_read(struct kvm_lapic *apic)
{
	u32 low, high;

	kvm_lapic_reg_read(apic, APIC_ICR, 4, &low); /* FINDING */
	kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high); /* WITH */
	return (u64)high << 32 | low;
}

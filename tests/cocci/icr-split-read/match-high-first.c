// SPDX-License-Identifier: GPL-2.0-only
/*
 * The upper half is read first: the finding stands there.
 */

static u64 case_read(struct kvm_lapic *apic)
{
	u32 low, high;

	kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high); /* FINDING */
	kvm_lapic_reg_read(apic, APIC_ICR, 4, &low); /* WITH */
	return (u64)high << 32 | low;
}

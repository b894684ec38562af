// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads have no order.
 */

u64 case_read(struct kvm_lapic *apic)
{
	u32 low, high;

	kvm_lapic_reg_read(apic, APIC_ICR, 4, &low);
	kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high);
	return (u64)high << 32 | low;
}

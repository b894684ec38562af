// SPDX-License-Identifier: GPL-2.0-only
/*
 * xAPIC mode has two 32-bit registers.
 */

static u64 case_xapic(struct kvm_lapic *apic)
{
	u32 low, high;

	if (apic_x2apic_mode(apic))
		return kvm_lapic_get_reg64(apic, APIC_ICR);

	kvm_lapic_reg_read(apic, APIC_ICR, 4, &low);
	kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high);
	return (u64)high << 32 | low;
}

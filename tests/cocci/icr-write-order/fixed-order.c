// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICR2 first.
 */

int case_checked(struct kvm_lapic *apic, u64 data)
{
	if (kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)))
		return 1;
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

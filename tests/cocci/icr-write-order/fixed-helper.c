// SPDX-License-Identifier: GPL-2.0-only
/*
 * One helper for the whole register.
 */

int case_checked(struct kvm_lapic *apic, u64 data)
{
	return kvm_lapic_reg_write64(apic, APIC_ICR, data);
}

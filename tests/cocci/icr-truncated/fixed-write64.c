// SPDX-License-Identifier: GPL-2.0-only
/*
 * Through the helper.
 */

int case_write(struct kvm_lapic *apic, u64 data)
{
	return kvm_lapic_reg_write64(apic, APIC_ICR, data);
}

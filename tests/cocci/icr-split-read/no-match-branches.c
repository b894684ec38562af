// SPDX-License-Identifier: GPL-2.0-only
/*
 * No path reads both.
 */

static int case_either(struct kvm_lapic *apic, bool upper, u32 *val)
{
	if (upper)
		return kvm_lapic_reg_read(apic, APIC_ICR2, 4, val);
	else
		return kvm_lapic_reg_read(apic, APIC_ICR, 4, val);
}

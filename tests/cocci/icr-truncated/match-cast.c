// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lower half of a parameter.
 */

int case_write(struct kvm_lapic *apic, u64 data)
{
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* FINDING */
}

int case_lower(struct kvm_lapic *apic, u64 data)
{
	return kvm_lapic_reg_write(apic, APIC_ICR, lower_32_bits(data)); /* FINDING */
}

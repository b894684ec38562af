// SPDX-License-Identifier: GPL-2.0-only
/*
 * The length comes through a variable.
 *
 * consults: consulted/refuses.c
 */

int case_set(struct kvm_lapic *apic, u32 reg, u64 *data)
{
	int len = 4;

	if (reg == APIC_ICR)
		len = 8;
	return kvm_lapic_reg_read(apic, reg, len, data); /* FINDING */
}

int case_sizeof(struct kvm_lapic *apic, u32 reg, u64 *data)
{
	const int len = sizeof(*data);

	return kvm_lapic_reg_read(apic, reg, len, data); /* FINDING */
}

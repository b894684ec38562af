// SPDX-License-Identifier: GPL-2.0-only
/*
 * Another function, whatever it refuses.
 *
 * consults: consulted/refuses.c
 */

static int case_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data)
{
	if (len > 4)
		return 1;
	return kvm_lapic_reg_read(apic, offset, len, data);
}

int case_caller(struct kvm_lapic *apic, u64 *val)
{
	return case_reg_read(apic, APIC_ICR, 8, val);
}

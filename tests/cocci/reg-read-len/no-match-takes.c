// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tree's definition takes 8 bytes.
 *
 * consults: consulted/takes.c
 */

int case_caller(struct kvm_lapic *apic, u64 *val)
{
	return kvm_lapic_reg_read(apic, APIC_ICR, 8, val);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names before v4.7.
 */

int case_old(struct kvm_lapic *apic, u64 data)
{
	apic_set_reg(apic, APIC_ICR, (u32)data);	   /* FINDING */
	return apic_reg_write(apic, APIC_ICR, (u32)data); /* FINDING */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names before v4.7.
 */

void case_old(struct kvm_lapic *apic, u64 data)
{
	apic_reg_write(apic, APIC_ICR, (u32)data); /* WITH */
	apic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
}

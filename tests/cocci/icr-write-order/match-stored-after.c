// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICR is sent, ICR2 only stored, and too late.
 */

void case_late(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* WITH */
	kvm_lapic_set_reg(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
}

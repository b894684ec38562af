// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICR, which sends, before ICR2.
 */

void case_send(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* WITH */
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
}

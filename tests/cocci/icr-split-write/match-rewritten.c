// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICR2 is written twice: the second write is the one that belongs to ICR.
 */

void case_rewrite(struct kvm_lapic *apic, u64 data, u32 dest)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	kvm_lapic_reg_write(apic, APIC_ICR2, dest); /* FINDING */
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* WITH */
}

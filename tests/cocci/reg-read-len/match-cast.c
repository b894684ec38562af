// SPDX-License-Identifier: GPL-2.0-only
/*
 * Other ways to write the number.
 *
 * consults: consulted/refuses.c
 */

void case_casts(struct kvm_lapic *apic, u64 *data)
{
	kvm_lapic_reg_read(apic, APIC_ICR, (int)8, data); /* FINDING */
	kvm_lapic_reg_read(apic, APIC_ICR, 8U, data);	  /* FINDING */
	kvm_lapic_reg_read(apic, APIC_ICR, 0x8, data);	  /* FINDING */
	kvm_lapic_reg_read(apic, APIC_ICR, 16, data);	  /* FINDING */
}

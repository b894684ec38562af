// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICR2 behind a label.
 */

void case_goto(struct kvm_lapic *apic, u32 icrh, u32 icrl, bool high)
{
	kvm_lapic_reg_write(apic, APIC_ICR, icrl); /* WITH */
	if (high)
		goto dest;
	return;
dest:
	kvm_lapic_reg_write(apic, APIC_ICR2, icrh); /* FINDING */
}

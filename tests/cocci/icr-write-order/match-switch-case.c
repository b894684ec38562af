// SPDX-License-Identifier: GPL-2.0-only
/*
 * The wrong order in a case.
 */

void case_switch(struct kvm_lapic *apic, int id, u32 icrh, u32 icrl)
{
	switch (id) {
	case 0:
		kvm_lapic_reg_write(apic, APIC_ICR, icrl); /* WITH */
		kvm_lapic_reg_write(apic, APIC_ICR2, icrh); /* FINDING */
		break;
	case 1:
		kvm_lapic_reg_write(apic, APIC_ICR2, icrh);
		kvm_lapic_reg_write(apic, APIC_ICR, icrl);
		break;
	}
}

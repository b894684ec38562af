// SPDX-License-Identifier: GPL-2.0-only
/*
 * In ifs, and ICR from both branches.
 */

void case_nested(struct kvm_lapic *apic, u64 data)
{
	if (apic_x2apic_mode(apic)) {
		kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* WITH 1 */
		if (data >> 32)
			kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING 1 */
	}
}

void case_branches(struct kvm_lapic *apic, u32 icrh, u32 icrl, bool nmi)
{
	if (nmi)
		kvm_lapic_reg_write(apic, APIC_ICR, icrl | APIC_DM_NMI); /* WITH 2 */
	else
		kvm_lapic_reg_write(apic, APIC_ICR, icrl); /* WITH 2 */
	kvm_lapic_reg_write(apic, APIC_ICR2, icrh); /* FINDING 2 */
}

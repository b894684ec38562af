// SPDX-License-Identifier: GPL-2.0-only
/*
 * The first ICR write after ICR2 is another one in each branch.
 */

void case_branches(struct kvm_lapic *apic, u64 data, bool nmi)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
	if (nmi)
		kvm_lapic_reg_write(apic, APIC_ICR, (u32)data | APIC_DM_NMI); /* WITH */
	else
		kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* WITH */
}

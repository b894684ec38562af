// SPDX-License-Identifier: GPL-2.0-only
/*
 * A broadcast needs no ICR2; the pair after it is in the right order.
 */

void case_init(struct kvm_lapic *apic, u32 dest, u32 icrl)
{
	kvm_lapic_reg_write(apic, APIC_ICR, APIC_DEST_ALLBUT | APIC_DM_INIT);
	case_wait(apic);
	kvm_lapic_reg_write(apic, APIC_ICR2, dest);
	kvm_lapic_reg_write(apic, APIC_ICR, icrl);
}

int case_init_checked(struct kvm_lapic *apic, u32 dest, u32 icrl)
{
	kvm_lapic_reg_write(apic, APIC_ICR, APIC_DEST_ALLBUT | APIC_DM_INIT);
	if (kvm_lapic_reg_write(apic, APIC_ICR2, dest))
		return 1;
	return kvm_lapic_reg_write(apic, APIC_ICR, icrl);
}

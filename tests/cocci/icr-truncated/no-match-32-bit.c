// SPDX-License-Identifier: GPL-2.0-only
/*
 * Values that have no upper half.
 */

void case_narrow(struct kvm_lapic *apic, u32 val, unsigned long vector)
{
	u64 command = APIC_DM_FIXED | APIC_DEST_SELF;

	kvm_lapic_reg_write(apic, APIC_ICR, val);
	kvm_lapic_reg_write(apic, APIC_ICR, command);
	command = kvm_lapic_get_reg(apic, APIC_ICR);
	kvm_lapic_reg_write(apic, APIC_ICR, command);
	kvm_lapic_reg_write(apic, APIC_ICR, APIC_DM_FIXED | vector);
	kvm_lapic_set_reg(apic, APIC_ICR, 0);
}

void case_made_narrow(struct kvm_lapic *apic, u64 data)
{
	data = APIC_DM_NMI;
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

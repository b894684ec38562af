// SPDX-License-Identifier: GPL-2.0-only
/*
 * After the pair ICR2 gets its old value back.
 */

void case_restore(struct kvm_lapic *apic, u32 dest, u32 icrl)
{
	u32 old = kvm_lapic_get_reg(apic, APIC_ICR2);

	kvm_lapic_reg_write(apic, APIC_ICR2, dest);
	kvm_lapic_reg_write(apic, APIC_ICR, icrl);
	kvm_lapic_reg_write(apic, APIC_ICR2, old);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * One pair is right, the other is not.
 */

void case_mixed(struct kvm_lapic *apic, u64 first, u64 second)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(first >> 32));
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)first);
	case_wait(apic);
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)second); /* WITH */
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(second >> 32)); /* FINDING */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two splits in one function are two findings, each with its own ICR.
 */

void case_twice(struct kvm_lapic *apic, u64 first, u64 second)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(first >> 32)); /* FINDING 1 */
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)first); /* WITH 1 */
	case_wait(apic);
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(second >> 32)); /* FINDING 2 */
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)second); /* WITH 2 */
}

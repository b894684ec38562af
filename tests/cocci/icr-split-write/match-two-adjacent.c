// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two splits without anything between them are two findings.
 */

void case_twice(struct kvm_lapic *apic, u32 h1, u32 l1, u32 h2, u32 l2)
{
	kvm_lapic_set_reg(apic, APIC_ICR2, h1); /* FINDING 1 */
	kvm_lapic_set_reg(apic, APIC_ICR, l1); /* WITH 1 */
	kvm_lapic_set_reg(apic, APIC_ICR2, h2); /* FINDING 2 */
	kvm_lapic_set_reg(apic, APIC_ICR, l2); /* WITH 2 */
}

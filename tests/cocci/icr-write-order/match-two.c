// SPDX-License-Identifier: GPL-2.0-only
/*
 * Twice the wrong way round: two findings.
 */

void case_two(struct kvm_lapic *apic, u64 first, u64 second)
{
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)first); /* WITH 1 */
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(first >> 32)); /* FINDING 1 */
	case_wait(apic);
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)second); /* WITH 2 */
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(second >> 32)); /* FINDING 2 */
}

void case_two_adjacent(struct kvm_lapic *apic, u32 l1, u32 h1, u32 l2, u32 h2)
{
	kvm_lapic_reg_write(apic, APIC_ICR, l1); /* WITH 3 */
	kvm_lapic_reg_write(apic, APIC_ICR2, h1); /* FINDING 3 */
	kvm_lapic_reg_write(apic, APIC_ICR, l2); /* WITH 4 */
	kvm_lapic_reg_write(apic, APIC_ICR2, h2); /* FINDING 4 */
}

void case_two_apart(struct kvm_lapic *apic, u64 first, u64 second)
{
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)first); /* WITH 5 */
	case_wait(apic);
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(first >> 32)); /* FINDING 5 */
	case_wait(apic);
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)second); /* WITH 6 */
	case_wait(apic);
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(second >> 32)); /* FINDING 6 */
}

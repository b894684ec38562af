// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two splits in one function, in either order.
 */

static void case_two(struct kvm_lapic *apic, struct kvm_lapic *other, u64 *a, u64 *b)
{
	u32 low, high;

	kvm_lapic_reg_read(apic, APIC_ICR, 4, &low); /* FINDING 1 */
	kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high); /* WITH 1 */
	*a = (u64)high << 32 | low;
	kvm_lapic_reg_read(apic, APIC_ICR, 4, &low); /* FINDING 2 */
	kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high); /* WITH 2 */
	*b = (u64)high << 32 | low;
}

static void case_two_high(struct kvm_lapic *apic, struct kvm_lapic *other, u64 *a, u64 *b)
{
	u32 low, high;

	kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high); /* FINDING 3 */
	kvm_lapic_reg_read(apic, APIC_ICR, 4, &low); /* WITH 3 */
	*a = (u64)high << 32 | low;
	kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high); /* FINDING 4 */
	kvm_lapic_reg_read(apic, APIC_ICR, 4, &low); /* WITH 4 */
	*b = (u64)high << 32 | low;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * In a loop it is still one finding, whatever the order.
 */

static void case_all(struct kvm_lapic *apic, u64 *data, int nr)
{
	u32 low, high;
	int i;

	for (i = 0; i < nr; i++) {
		kvm_lapic_reg_read(apic, APIC_ICR, 4, &low); /* FINDING 1 */
		kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high); /* WITH 1 */
		data[i] = (u64)high << 32 | low;
	}
}

static void case_all_high(struct kvm_lapic *apic, u64 *data, int nr)
{
	u32 low, high;
	int i;

	for (i = 0; i < nr; i++) {
		kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high); /* FINDING 2 */
		kvm_lapic_reg_read(apic, APIC_ICR, 4, &low); /* WITH 2 */
		data[i] = (u64)high << 32 | low;
	}
}

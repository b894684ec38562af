// SPDX-License-Identifier: GPL-2.0-only
/*
 * The wrong order in a loop.
 */

void case_loop(struct kvm_lapic *apic, u32 *low, u32 *high, int nr)
{
	int i;

	for (i = 0; i < nr; i++) {
		kvm_lapic_reg_write(apic, APIC_ICR, low[i]); /* WITH 1 */
		kvm_lapic_reg_write(apic, APIC_ICR2, high[i]); /* FINDING 1 */
	}
}

static void case_retry(struct kvm_lapic *apic, u64 data)
{
	do {
		kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* WITH 2 */
		case_wait(apic);
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING 2 */
	} while (case_busy(apic));
}

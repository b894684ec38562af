// SPDX-License-Identifier: GPL-2.0-only
/*
 * APIC_ICR by name, with the busy bit taken out.
 */

void case_clear_busy(struct kvm_lapic *apic)
{
	u32 icr = kvm_lapic_get_reg(apic, APIC_ICR); /* FINDING 1 */

	icr &= ~APIC_ICR_BUSY;
	kvm_lapic_reg_write(apic, APIC_ICR, icr); /* WITH 1 */
}

void case_clear_busy_in_one(struct kvm_lapic *apic)
{
	kvm_lapic_reg_write(apic, APIC_ICR, /* WITH 2 */
			    kvm_lapic_get_reg(apic, APIC_ICR) & ~APIC_ICR_BUSY); /* FINDING 2 */
}

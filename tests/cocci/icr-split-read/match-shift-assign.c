// SPDX-License-Identifier: GPL-2.0-only
/*
 * The upper half is shifted in place.
 */

static u64 case_icr(struct kvm_lapic *apic)
{
	u64 icr = kvm_lapic_get_reg(apic, APIC_ICR2); /* FINDING */

	icr <<= 32;
	icr |= kvm_lapic_get_reg(apic, APIC_ICR); /* WITH */
	return icr;
}

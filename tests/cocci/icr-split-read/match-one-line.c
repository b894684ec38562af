// SPDX-License-Identifier: GPL-2.0-only
/*
 * Both reads on one line: there is no further line to name.
 */

static u64 case_icr_read(struct kvm_lapic *apic)
{
	return kvm_lapic_get_reg(apic, APIC_ICR) | (u64)kvm_lapic_get_reg(apic, APIC_ICR2) << 32; /* FINDING */
}

static u64 case_icr_read_high(struct kvm_lapic *apic)
{
	return ((u64)kvm_lapic_get_reg(apic, APIC_ICR2) << 32) + kvm_lapic_get_reg(apic, APIC_ICR); /* FINDING 2 */
}

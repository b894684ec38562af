// SPDX-License-Identifier: GPL-2.0-only
/*
 * Raw reads into locals that are put together later.
 */

static u64 case_icr(struct kvm_lapic *apic)
{
	u32 icrl = kvm_lapic_get_reg(apic, APIC_ICR); /* FINDING */
	u32 icrh = kvm_lapic_get_reg(apic, APIC_ICR2); /* WITH */

	trace_case(icrl, icrh);
	return ((u64)icrh << 32) | icrl;
}

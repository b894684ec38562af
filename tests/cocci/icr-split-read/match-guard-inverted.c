// SPDX-License-Identifier: GPL-2.0-only
/*
 * The test on x2apic_icr_is_split is the wrong way round.
 * path: arch/x86/kvm/lapic.c
 */

static u64 case_icr_read(struct kvm_lapic *apic)
{
	if (!kvm_x86_ops.x2apic_icr_is_split)
		return (u64)kvm_lapic_get_reg(apic, APIC_ICR) | /* FINDING */
		       (u64)kvm_lapic_get_reg(apic, APIC_ICR2) << 32; /* WITH */

	return kvm_lapic_get_reg64(apic, APIC_ICR);
}

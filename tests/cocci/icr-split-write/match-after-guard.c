// SPDX-License-Identifier: GPL-2.0-only
/*
 * A test on x2apic_icr_is_split before the split does not guard it.
 */

int case_icr_write(struct kvm_lapic *apic, u64 data)
{
	if (kvm_x86_ops.x2apic_icr_is_split)
		trace_kvm_apic_write(APIC_ICR2, data >> 32);
	kvm_lapic_set_reg(apic, APIC_ICR2, data >> 32); /* FINDING */
	kvm_lapic_set_reg(apic, APIC_ICR, data); /* WITH */
	return 0;
}

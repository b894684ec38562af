// SPDX-License-Identifier: GPL-2.0-only
/*
 * The test on x2apic_icr_is_split is the wrong way round.
 * path: arch/x86/kvm/lapic.c
 */

int case_icr_write(struct kvm_lapic *apic, u64 data)
{
	if (!kvm_x86_ops.x2apic_icr_is_split) {
		kvm_lapic_set_reg(apic, APIC_ICR, data); /* WITH */
		kvm_lapic_set_reg(apic, APIC_ICR2, data >> 32); /* FINDING */
	} else {
		kvm_lapic_set_reg64(apic, APIC_ICR, data);
	}
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Code that a test on x2apic_icr_is_split guards: then, else, early return.
 * path: arch/x86/kvm/lapic.c
 */

int case_then(struct kvm_lapic *apic, u64 data)
{
	if (kvm_x86_ops.x2apic_icr_is_split) {
		kvm_lapic_set_reg(apic, APIC_ICR, data);
		kvm_lapic_set_reg(apic, APIC_ICR2, data >> 32);
	} else {
		kvm_lapic_set_reg64(apic, APIC_ICR, data);
	}
	return 0;
}

int case_else(struct kvm_lapic *apic, u64 data)
{
	if (!kvm_x86_ops.x2apic_icr_is_split) {
		kvm_lapic_set_reg64(apic, APIC_ICR, data);
	} else {
		kvm_lapic_set_reg(apic, APIC_ICR2, data >> 32);
		kvm_lapic_set_reg(apic, APIC_ICR, data);
	}
	return 0;
}

int case_early(struct kvm_lapic *apic, u64 data)
{
	if (!kvm_x86_ops.x2apic_icr_is_split) {
		kvm_lapic_set_reg64(apic, APIC_ICR, data);
		return 0;
	}

	kvm_lapic_set_reg(apic, APIC_ICR2, data >> 32);
	kvm_lapic_set_reg(apic, APIC_ICR, data);
	return 0;
}

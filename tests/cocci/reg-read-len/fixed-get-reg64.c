// SPDX-License-Identifier: GPL-2.0-only
/*
 * What upstream did: the 64 bits through a function of their own.
 *
 * consults: consulted/refuses.c
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u64 val;

	if (apic_x2apic_mode(apic) && offset == APIC_ICR) {
		val = kvm_lapic_get_reg64(apic, APIC_ICR);
		kvm_lapic_reg_write64(apic, APIC_ICR, val);
	} else {
		kvm_lapic_reg_read(apic, offset, 4, &val);
		kvm_lapic_reg_write(apic, offset, val);
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Without a cast, through a pointer too.
 */

void case_plain(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR, data); /* FINDING */
}

void case_pointer(struct kvm_vcpu *vcpu, u64 *data)
{
	kvm_lapic_reg_write(vcpu->arch.apic, APIC_ICR, *data); /* FINDING */
}

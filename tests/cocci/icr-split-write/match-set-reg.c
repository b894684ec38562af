// SPDX-License-Identifier: GPL-2.0-only
/*
 * The halves are stored, not sent: kvm_lapic_set_reg().
 */

static int case_fastpath(struct kvm_vcpu *vcpu, u64 data)
{
	if (!lapic_in_kernel(vcpu) || !apic_x2apic_mode(vcpu->arch.apic))
		return 1;

	data &= ~(1 << 12);
	kvm_apic_send_ipi(vcpu->arch.apic, (u32)data, (u32)(data >> 32));
	kvm_lapic_set_reg(vcpu->arch.apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
	kvm_lapic_set_reg(vcpu->arch.apic, APIC_ICR, (u32)data); /* WITH */
	return 0;
}

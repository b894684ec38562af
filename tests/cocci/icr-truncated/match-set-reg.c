// SPDX-License-Identifier: GPL-2.0-only
/*
 * It is only stored, and sent by other means.
 */

int case_fastpath(struct kvm_vcpu *vcpu, u64 data)
{
	if ((data & APIC_SHORT_MASK) != APIC_DEST_NOSHORT)
		return 1;
	kvm_apic_send_ipi(vcpu->arch.apic, (u32)data, (u32)(data >> 32));
	kvm_lapic_set_reg(vcpu->arch.apic, APIC_ICR, (u32)data); /* FINDING */
	return 0;
}

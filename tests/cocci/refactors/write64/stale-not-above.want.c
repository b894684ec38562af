// SPDX-License-Identifier: GPL-2.0-only
/*
 * A statement between the stale comment and the site: the comment stays.
 */

static int kvm_lapic_reg_write64(struct kvm_lapic *apic, u32 reg, u64 data)
{
	/* For 64-bit ICR writes, set ICR2 (dest) before ICR (command). */
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, reg, (u32)data);
}

/* emulate APIC access in a trap manner */
void kvm_apic_write_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	kvm_lapic_emulate(vcpu, offset);
}

int case_msr_write(struct kvm_vcpu *vcpu, u32 reg, u64 data)
{
	struct kvm_lapic *apic = vcpu->arch.apic;

	if (!lapic_in_kernel(vcpu))
		return 1;

	/* if this is ICR write vector before command */
	trace_case(reg, data);
	return kvm_lapic_reg_write64(apic, reg, data);
}

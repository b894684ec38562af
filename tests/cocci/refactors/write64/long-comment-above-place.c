// SPDX-License-Identifier: GPL-2.0-only
/*
 * The helper goes above the comment block of the function it stands before.
 */

void kvm_lapic_set_eoi(struct kvm_vcpu *vcpu)
{
	kvm_lapic_reg_write(vcpu->arch.apic, APIC_EOI, 0);
}
EXPORT_SYMBOL_GPL(kvm_lapic_set_eoi);

/*
 * Emulate an APIC access,
 * in a trap manner.
 */
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
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, reg, (u32)data);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICR is written through a variable that the if tests against APIC_ICR.
 */

int case_msr_write(struct kvm_vcpu *vcpu, u32 msr, u64 data)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u32 reg = (msr - APIC_BASE_MSR) << 4;

	if (!lapic_in_kernel(vcpu) || !apic_x2apic_mode(apic))
		return 1;

	if (reg == APIC_ICR2)
		return 1;

	/* the destination goes first */
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
	return kvm_lapic_reg_write(apic, reg, (u32)data); /* WITH */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lower half through the register variable, the upper one where it is
 * tested against APIC_ICR.
 */

int case_msr_read(struct kvm_vcpu *vcpu, u32 msr, u64 *data)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u32 reg = (msr - APIC_BASE_MSR) << 4, low, high = 0;

	if (!lapic_in_kernel(vcpu) || !apic_x2apic_mode(apic))
		return 1;

	if (reg == APIC_DFR || reg == APIC_ICR2)
		return 1;

	if (kvm_lapic_reg_read(apic, reg, 4, &low)) /* FINDING */
		return 1;
	if (reg == APIC_ICR)
		kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high); /* WITH */

	*data = (((u64)high) << 32) | low;

	return 0;
}

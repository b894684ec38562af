// SPDX-License-Identifier: GPL-2.0-only
/*
 * Many parameters, of other types of the same width.
 */

static noinline int case_many(struct kvm_vcpu *vcpu, u32 msr, unsigned long long data, bool host)
{
	struct kvm_lapic *apic = vcpu->arch.apic;

	if (host && !lapic_in_kernel(vcpu))
		return 1;
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data) ? 1 : 0; /* FINDING */
}

// SPDX-License-Identifier: GPL-2.0-only
/* What hardware could not send, through two locals; and a write trap. */
#include "../lapic.h"

struct vcpu_svm {
	struct kvm_vcpu vcpu;
	u64 exit_info_1;
};

int avic_incomplete_ipi_interception(struct vcpu_svm *svm);
int avic_unaccel_trap_write(struct vcpu_svm *svm);

int avic_incomplete_ipi_interception(struct vcpu_svm *svm)
{
	u32 icrh = svm->exit_info_1 >> 32;
	u32 icrl = svm->exit_info_1;
	struct kvm_lapic *apic = svm->vcpu.arch.apic;

	kvm_lapic_reg_write(apic, APIC_ICR2, icrh);
	kvm_lapic_reg_write(apic, APIC_ICR, icrl);
	return 1;
}

int avic_unaccel_trap_write(struct vcpu_svm *svm)
{
	struct kvm_lapic *apic = svm->vcpu.arch.apic;
	u32 offset = svm->exit_info_1 & 0xff0;

	if (offset == APIC_DFR)
		return 0;

	kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
	return 1;
}

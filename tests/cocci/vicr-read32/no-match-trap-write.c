// SPDX-License-Identifier: GPL-2.0-only
/*
 * The AVIC of that time knows no x2APIC: exempt by path and name.
 * path: arch/x86/kvm/svm/avic.c
 */

static int avic_unaccel_trap_write(struct vcpu_svm *svm)
{
	struct kvm_lapic *apic = svm->vcpu.arch.apic;
	u32 offset = svm->vmcb->control.exit_info_1 &
				AVIC_UNACCEL_ACCESS_OFFSET_MASK;

	kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));

	return 1;
}

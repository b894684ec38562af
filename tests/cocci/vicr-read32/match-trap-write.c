// SPDX-License-Identifier: GPL-2.0-only
/*
 * avic_unaccel_trap_write() under another name: read and write in one
 * statement.
 * path: arch/x86/kvm/svm/avic.c
 */

static int case_trap_write(struct vcpu_svm *svm)
{
	struct kvm_lapic *apic = svm->vcpu.arch.apic;
	u32 offset = svm->vmcb->control.exit_info_1 &
				AVIC_UNACCEL_ACCESS_OFFSET_MASK;

	switch (offset) {
	case APIC_LDR:
		if (avic_handle_ldr_update(&svm->vcpu))
			return 0;
		break;
	default:
		break;
	}

	kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset)); /* FINDING */

	return 1;
}

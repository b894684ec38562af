// SPDX-License-Identifier: GPL-2.0-only
/*
 * The form of patch 5/6 of kvm-ipiv-v4: no 32-bit read of the vICR any more
 * (icr-split-write has something to say).
 * path: arch/x86/kvm/lapic.c
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	u32 val = 0;

	offset &= 0xff0;

	if (apic_x2apic_mode(vcpu->arch.apic) && (offset == APIC_ICR)) {
		u64 icr_val = *((u64 *)(vcpu->arch.apic->regs + offset));

		kvm_lapic_reg_write(vcpu->arch.apic, APIC_ICR2, (u32)(icr_val >> 32));
		val = (u32)icr_val;
	} else {
		kvm_lapic_reg_read(vcpu->arch.apic, offset, 4, &val);
	}

	kvm_lapic_reg_write(vcpu->arch.apic, offset, val);
}

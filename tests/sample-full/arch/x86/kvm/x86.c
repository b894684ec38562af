// SPDX-License-Identifier: GPL-2.0-only
/* A write of ICR on the fast path, kept as two stores. */
#include "lapic.h"

int handle_fastpath_set_x2apic_icr_irqoff(struct kvm_vcpu *vcpu, u64 data);

int handle_fastpath_set_x2apic_icr_irqoff(struct kvm_vcpu *vcpu, u64 data)
{
	if (!apic_x2apic_mode(vcpu->arch.apic))
		return 1;

	kvm_apic_send_ipi(vcpu->arch.apic, (u32)data, (u32)(data >> 32));
	kvm_lapic_set_reg(vcpu->arch.apic, APIC_ICR2, (u32)(data >> 32));
	kvm_lapic_set_reg(vcpu->arch.apic, APIC_ICR, (u32)data);
	return 0;
}

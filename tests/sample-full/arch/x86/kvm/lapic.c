// SPDX-License-Identifier: GPL-2.0-only
/*
 * A toy local APIC, for the demo and the tests of icrfix: the names are those
 * of the kernel, the code is not.
 */
#include "lapic.h"

/* sends nothing, but remembers that something was to be sent */
void kvm_apic_send_ipi(struct kvm_lapic *apic, u32 icr_low, u32 icr_high)
{
	if (icr_low || icr_high)
		apic->sent++;
}

int kvm_lapic_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data)
{
	u32 where = offset % 16;

	if (where + len > 4)
		return 1;
	*(u32 *)data = kvm_lapic_get_reg(apic, offset - where);
	return 0;
}

int kvm_lapic_reg_write(struct kvm_lapic *apic, u32 reg, u32 val)
{
	switch (reg) {
	case APIC_ID:
		return 1;
	case APIC_ICR:
		val &= ~(1 << 12);
		kvm_apic_send_ipi(apic, val, kvm_lapic_get_reg(apic, APIC_ICR2));
		break;
	case APIC_ICR2:
		if (!apic_x2apic_mode(apic))
			val &= 0xff000000;
		break;
	}
	kvm_lapic_set_reg(apic, reg, val);
	return 0;
}

/* the CPU has stored the value already: do what a write of it leads to */
void kvm_apic_write_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	u32 val = 0;

	offset &= 0xff0;
	kvm_lapic_reg_read(vcpu->arch.apic, offset, 4, &val);
	kvm_lapic_reg_write(vcpu->arch.apic, offset, val);
}

int kvm_x2apic_msr_write(struct kvm_vcpu *vcpu, u32 msr, u64 data)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u32 reg = (msr - APIC_BASE_MSR) * 16;

	if (!apic_x2apic_mode(apic))
		return 1;

	/* if this is ICR write vector before command */
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, reg, (u32)data);
}

int kvm_x2apic_msr_read(struct kvm_vcpu *vcpu, u32 msr, u64 *data)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u32 reg = (msr - APIC_BASE_MSR) * 16, low, high = 0;

	if (kvm_lapic_reg_read(apic, reg, 4, &low))
		return 1;
	if (reg == APIC_ICR)
		kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high);

	*data = low | (u64)high << 32;
	return 0;
}

int kvm_hv_vapic_msr_write(struct kvm_vcpu *vcpu, u32 reg, u64 data)
{
	struct kvm_lapic *apic = vcpu->arch.apic;

	if (!apic)
		return 1;

	/* if this is ICR write vector before command */
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, reg, (u32)data);
}

int kvm_hv_vapic_msr_read(struct kvm_vcpu *vcpu, u32 reg, u64 *data)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u32 low, high = 0;

	if (kvm_lapic_reg_read(apic, reg, 4, &low))
		return 1;
	if (reg == APIC_ICR)
		kvm_lapic_reg_read(apic, APIC_ICR2, 4, &high);

	*data = low | (u64)high << 32;
	return 0;
}

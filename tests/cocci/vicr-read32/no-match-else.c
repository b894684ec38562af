// SPDX-License-Identifier: GPL-2.0-only
/*
 * The else of a test on x2APIC mode, on APIC_ICR, on both.
 */

void case_both(struct kvm_lapic *apic, u32 offset)
{
	if (apic_x2apic_mode(apic) && (offset == APIC_ICR))
		kvm_x2apic_icr_write(apic, kvm_x2apic_icr_read(apic));
	else
		kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
}

void case_mode(struct kvm_lapic *apic, u32 offset)
{
	u32 val;

	if (apic_x2apic_mode(apic)) {
		case_x2apic(apic, offset);
	} else {
		val = kvm_lapic_get_reg(apic, offset);
		kvm_lapic_reg_write(apic, offset, val);
	}
}

void case_icr(struct kvm_lapic *apic, u32 offset)
{
	u32 val;

	if (offset == APIC_ICR) {
		case_x2apic(apic, offset);
	} else if (offset == APIC_EOI) {
		apic_set_eoi(apic);
	} else {
		kvm_lapic_reg_read(apic, offset, 4, &val);
		kvm_lapic_reg_write(apic, offset, val);
	}
}

void case_after(struct kvm_vcpu *vcpu, u32 offset)
{
	u32 val = 0;

	if (apic_x2apic_mode(vcpu->arch.apic) && (offset == APIC_ICR)) {
		case_x2apic(vcpu->arch.apic, offset);
		val = 1;
	} else {
		kvm_lapic_reg_read(vcpu->arch.apic, offset, 4, &val);
	}

	kvm_lapic_reg_write(vcpu->arch.apic, offset, val);
}

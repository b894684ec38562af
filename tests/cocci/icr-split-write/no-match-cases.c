// SPDX-License-Identifier: GPL-2.0-only
/*
 * A register write function has a case for each half.
 */

int case_reg_write(struct kvm_lapic *apic, u32 reg, u32 val)
{
	int ret = 0;

	switch (reg) {
	case APIC_ICR:
		val &= ~(1 << 12);
		kvm_apic_send_ipi(apic, val, kvm_lapic_get_reg(apic, APIC_ICR2));
		kvm_lapic_set_reg(apic, APIC_ICR, val);
		break;

	case APIC_ICR2:
		if (!apic_x2apic_mode(apic))
			val &= 0xff000000;
		kvm_lapic_set_reg(apic, APIC_ICR2, val);
		break;

	case APIC_SELF_IPI:
		if (apic_x2apic_mode(apic))
			kvm_lapic_reg_write(apic, APIC_ICR, APIC_DEST_SELF | (val & APIC_VECTOR_MASK));
		else
			ret = 1;
		break;
	default:
		kvm_lapic_set_reg(apic, reg, val);
		break;
	}
	return ret;
}

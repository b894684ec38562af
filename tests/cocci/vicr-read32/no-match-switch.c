// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cases of other registers, and default next to a case of its own for ICR.
 */

void case_other(struct kvm_lapic *apic, u32 offset)
{
	switch (offset) {
	case APIC_EOI:
	case APIC_LVTT:
		kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
		break;
	default:
		break;
	}
}

void case_default(struct kvm_lapic *apic, u32 offset)
{
	u32 val;

	switch (offset) {
	case APIC_ICR:
		case_x2apic(apic, offset);
		break;
	default:
		val = kvm_lapic_get_reg(apic, offset);
		kvm_lapic_reg_write(apic, offset, val);
		break;
	}
}

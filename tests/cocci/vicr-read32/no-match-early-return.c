// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ICR of an x2APIC has left the function before.
 */

void case_mode(struct kvm_lapic *apic, u32 offset)
{
	u32 val;

	if (apic_x2apic_mode(apic)) {
		case_x2apic(apic, offset);
		return;
	}

	kvm_lapic_reg_read(apic, offset, 4, &val);
	kvm_lapic_reg_write(apic, offset, val);
}

int case_both(struct kvm_lapic *apic, u32 offset)
{
	if (apic_x2apic_mode(apic) && offset == APIC_ICR)
		return kvm_x2apic_icr_write(apic, kvm_x2apic_icr_read(apic));

	return kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
}

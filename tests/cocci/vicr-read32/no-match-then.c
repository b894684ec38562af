// SPDX-License-Identifier: GPL-2.0-only
/*
 * The branch of a test that rules the ICR of an x2APIC out.
 */

void case_not_x2apic(struct kvm_lapic *apic, u32 offset)
{
	if (!apic_x2apic_mode(apic))
		kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
}

void case_not_icr(struct kvm_lapic *apic, u32 offset)
{
	u32 val;

	if (offset != APIC_ICR) {
		kvm_lapic_reg_read(apic, offset, 4, &val);
		kvm_lapic_reg_write(apic, offset, val);
	}
}

void case_neither(struct kvm_lapic *apic, u32 offset)
{
	if (!apic_x2apic_mode(apic) || offset != APIC_ICR)
		kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
}

void case_lvt(struct kvm_lapic *apic, u32 offset)
{
	if (offset == APIC_LVTT)
		kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
}

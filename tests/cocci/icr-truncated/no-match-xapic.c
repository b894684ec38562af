// SPDX-License-Identifier: GPL-2.0-only
/*
 * Not in x2APIC mode.
 */

int case_then(struct kvm_lapic *apic, u64 data)
{
	if (!apic_x2apic_mode(apic))
		return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	return 1;
}

void case_else(struct kvm_lapic *apic, bool wait, u64 data)
{
	if (apic_x2apic_mode(apic))
		case_write64(apic, data);
	else if (wait)
		kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	else
		kvm_lapic_reg_write(apic, APIC_ICR, data);
}

int case_after(struct kvm_lapic *apic, u64 data)
{
	if (apic_x2apic_mode(apic)) {
		case_write64(apic, data);
		return 0;
	}
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

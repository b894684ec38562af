// SPDX-License-Identifier: GPL-2.0-only
/*
 * The two writes stand in different branches: no path has both.
 */

void case_either(struct kvm_lapic *apic, u64 data, bool high)
{
	if (high)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	else
		kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

int case_return(struct kvm_lapic *apic, u64 data, bool high)
{
	if (high) {
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
		return 0;
	}
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The caller gives the wide one.
 */

void case_parameter(struct kvm_lapic *apic, u32 offset, u64 data)
{
	u32 val;

	kvm_lapic_reg_read(apic, offset, 4, &val);
	if (offset == APIC_ICR)
		val = (u32)data;
	case_send(apic, val);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Nothing else fills the narrow one: it is a conversion.
 */

void case_convert(struct kvm_lapic *apic, u32 offset)
{
	u64 wide = case_read64(apic, offset);
	u32 val;

	val = (u32)wide;
	case_send(apic, val);
}

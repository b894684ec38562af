// SPDX-License-Identifier: GPL-2.0-only
/*
 * The wide one is of use by itself.
 */

void case_whole(struct kvm_lapic *apic, u32 offset)
{
	u32 val;

	kvm_lapic_reg_read(apic, offset, 4, &val);
	if (val) {
		u64 wide = case_read64(apic, offset);

		case_trace(wide);
		val = (u32)wide;
	}
	case_send(apic, val);
}

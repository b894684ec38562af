// SPDX-License-Identifier: GPL-2.0-only
/*
 * Both halves are kept: that is what a split looks like.
 */

void case_halves(struct kvm_lapic *apic)
{
	u32 low, high;
	u64 wide = case_clock(apic);

	case_other(apic, &low, &high);
	low = (u32)wide;
	high = wide >> 32;
	case_send(apic, low, high);
}

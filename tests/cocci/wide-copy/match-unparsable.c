// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function that spatch cannot parse is told as not analysed.
 */

static void case_broken(struct kvm_lapic *apic, u32 val) /* NOT-ANALYSED */
{
	CASE_BEGIN(vcpu) ) {
		u64 wide = case_read64(apic, offset);

		val = (u32)wide;
	} CASE_END ( ;
}

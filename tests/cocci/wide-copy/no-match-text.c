// SPDX-License-Identifier: GPL-2.0-only
/*
 * In a comment, in code that is never compiled.
 */

/* u64 wide = case_read64(apic, offset); val = (u32)wide; */
void case_text(struct kvm_lapic *apic, u32 offset, u64 data)
{
	u32 val;

	kvm_lapic_reg_read(apic, offset, 4, &val);
#if 0
	u64 wide = case_read64(apic, offset);
	val = (u32)wide;
#endif
	case_send(apic, val);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_lapic_reg_write(apic, APIC_ICR, (u32)data) in a comment, in a string, in
 * code that is never compiled.
 */

void case_text(struct kvm_lapic *apic, u64 data)
{
	pr_debug("kvm_lapic_reg_write(apic, APIC_ICR, (u32)data)\n");
#if 0
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
#endif
}

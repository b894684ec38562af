// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tokens in comments, strings and code that is not compiled.
 */

/* kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset)); */
void case_text(struct kvm_lapic *apic, u32 offset)
{
	pr_debug("kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset))\n");
#if 0
	kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
#endif
	kvm_lapic_reg_write(apic, APIC_EOI, 0);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_lapic_reg_read(apic, APIC_ICR, 8, &val) in a comment, in a string, in
 * code that is never compiled.
 *
 * consults: consulted/refuses.c
 */

void case_text(void)
{
	pr_debug("kvm_lapic_reg_read(apic, APIC_ICR, 8, &val)\n");
#if 0
	kvm_lapic_reg_read(apic, APIC_ICR, 8, &val);
#endif
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The raw helpers that take the register page.
 */

static void case_page(char *regs, u64 icr)
{
	__kvm_lapic_set_reg(regs, APIC_ICR2, icr >> 32); /* FINDING */
	__kvm_lapic_set_reg(regs, APIC_ICR, icr); /* WITH */
}

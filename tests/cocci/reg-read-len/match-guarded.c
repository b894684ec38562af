// SPDX-License-Identifier: GPL-2.0-only
/*
 * The mode and the register do not help: the length is refused for all.
 *
 * consults: consulted/refuses.c
 */

void case_guarded(struct kvm_lapic *apic, u32 offset)
{
	u64 val = 0;

	if (apic_x2apic_mode(apic) && offset == APIC_ICR)
		kvm_lapic_reg_read(apic, APIC_ICR, 8, &val); /* FINDING */
	else
		kvm_lapic_reg_read(apic, offset, 4, &val);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The length is chosen: the one for ICR is refused.
 *
 * consults: consulted/refuses.c
 */

void case_chosen(struct kvm_lapic *apic, u32 offset)
{
	int size = offset == APIC_ICR ? 8 : 4;
	u64 val = 0;

	kvm_lapic_reg_read(apic, offset, size, &val); /* FINDING */
	kvm_lapic_reg_write64(apic, offset, val);
}

void case_at_once(struct kvm_lapic *apic, u32 offset)
{
	u64 val = 0;

	kvm_lapic_reg_read(apic, offset, offset != APIC_ICR ? 4 : 8, &val); /* FINDING */
	kvm_lapic_reg_write64(apic, offset, val);
}

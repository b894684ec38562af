// SPDX-License-Identifier: GPL-2.0-only
/*
 * The size of something that has 64 bits.
 *
 * consults: consulted/refuses.c
 */

void case_sizes(struct kvm_lapic *apic, u64 *data)
{
	unsigned long long wide = 0;
	u64 val = 0;

	kvm_lapic_reg_read(apic, APIC_ICR, sizeof(u64), &val);	       /* FINDING */
	kvm_lapic_reg_read(apic, APIC_ICR, sizeof(val), &val);	       /* FINDING */
	kvm_lapic_reg_read(apic, APIC_ICR, sizeof(*data), data);       /* FINDING */
	kvm_lapic_reg_read(apic, APIC_ICR, sizeof(unsigned long), &val); /* FINDING */
	kvm_lapic_reg_read(apic, APIC_ICR, sizeof wide, &wide);	       /* FINDING */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lengths that are taken, or not known.
 *
 * consults: consulted/refuses.c
 */

int case_lengths(struct kvm_lapic *apic, u32 reg, int len, void *data)
{
	u64 wide = 0;
	u32 low, high = 0;
	int size = 8;

	if (kvm_lapic_reg_read(apic, reg, 4, &low))
		return 1;
	kvm_lapic_reg_read(apic, APIC_ICR2, sizeof(high), &high);
	kvm_lapic_reg_read(apic, APIC_ICR2, sizeof(u32), &wide);
	kvm_lapic_reg_read(apic, APIC_ICR2, 1, &high);
	size = 4;
	kvm_lapic_reg_read(apic, APIC_ICR2, size, &wide);
	kvm_lapic_reg_read(apic, reg, CASE_LEN, data);
	return kvm_lapic_reg_read(apic, reg, len, data);
}

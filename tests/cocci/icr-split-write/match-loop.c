// SPDX-License-Identifier: GPL-2.0-only
/*
 * A split in a loop is one finding.
 */

void case_all(struct kvm_lapic *apic, u64 *data, int nr)
{
	int i;

	for (i = 0; i < nr; i++) {
		kvm_lapic_reg_write(apic, APIC_ICR2, data[i] >> 32); /* FINDING */
		kvm_lapic_reg_write(apic, APIC_ICR, (u32)data[i]); /* WITH */
	}
}

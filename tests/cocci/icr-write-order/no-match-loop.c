// SPDX-License-Identifier: GPL-2.0-only
/*
 * The right order in loops.
 */

void case_loop(struct kvm_lapic *apic, u32 *low, u32 *high, int nr)
{
	int i;

	for (i = 0; i < nr; i++) {
		kvm_lapic_reg_write(apic, APIC_ICR2, high[i]);
		kvm_lapic_reg_write(apic, APIC_ICR, low[i]);
	}
}

void case_retry(struct kvm_lapic *apic, u64 data)
{
	while (case_busy(apic)) {
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
		if (case_wait(apic))
			continue;
		kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	}
}

void case_dest_once(struct kvm_lapic *apic, u32 dest, u32 *low, int nr)
{
	int i;

	kvm_lapic_reg_write(apic, APIC_ICR2, dest);
	for (i = 0; i < nr; i++)
		kvm_lapic_reg_write(apic, APIC_ICR, low[i]);
}

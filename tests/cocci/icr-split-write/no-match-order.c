// SPDX-License-Identifier: GPL-2.0-only
/*
 * A sending write of ICR before ICR2 is told by icr-write-order, also in a loop.
 */

void case_order(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
}

void case_order_loop(struct kvm_lapic *apic, u32 *low, u32 *high, int nr)
{
	int i;

	for (i = 0; i < nr; i++) {
		kvm_lapic_reg_write(apic, APIC_ICR, low[i]);
		kvm_lapic_reg_write(apic, APIC_ICR2, high[i]);
	}
}

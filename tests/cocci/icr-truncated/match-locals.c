// SPDX-License-Identifier: GPL-2.0-only
/*
 * Through a local of 32 bits.
 */

void case_copy(struct kvm_lapic *apic, u64 data)
{
	u32 val = (u32)data;

	kvm_lapic_reg_write(apic, APIC_ICR, val); /* FINDING */
}

void case_read(struct kvm_lapic *apic)
{
	u64 wide = kvm_lapic_get_reg64(apic, APIC_ICR);
	u32 val;

	val = wide;
	kvm_lapic_reg_write(apic, APIC_ICR, val); /* FINDING */
}

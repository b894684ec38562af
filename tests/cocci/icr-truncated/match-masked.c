// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bits are cleared before or on the way.
 */

void case_masked(struct kvm_lapic *apic, u64 data)
{
	data &= ~APIC_ICR_BUSY;
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* FINDING */
}

void case_at_once(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)(data & ~APIC_ICR_BUSY)); /* FINDING */
}

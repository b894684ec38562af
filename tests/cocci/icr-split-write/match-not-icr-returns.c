// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everything but ICR has left the function before.
 */

int case_rest(struct kvm_lapic *apic, u32 reg, u64 data)
{
	if (reg != APIC_ICR)
		return kvm_lapic_reg_write(apic, reg, (u32)data);

	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
	return kvm_lapic_reg_write(apic, reg, (u32)data); /* WITH */
}

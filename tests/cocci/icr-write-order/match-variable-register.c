// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICR through a variable that is tested against APIC_ICR afterwards.
 */

int case_msr_write(struct kvm_lapic *apic, u32 reg, u64 data)
{
	int ret;

	ret = kvm_lapic_reg_write(apic, reg, (u32)data); /* WITH */
	if (reg == APIC_ICR)
		ret |= kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
	return ret;
}

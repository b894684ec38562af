// SPDX-License-Identifier: GPL-2.0-only
/*
 * After the write of ICR2 another register is written.
 */

int case_other(struct kvm_lapic *apic, u32 reg, u32 val)
{
	if (reg == APIC_ICR)
		return 1;
	kvm_lapic_set_reg(apic, APIC_ICR2, val);
	return kvm_lapic_reg_write(apic, reg, val);
}

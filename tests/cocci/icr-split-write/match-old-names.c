// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names before v4.7.
 */

static int case_old_msr_write(struct kvm_lapic *apic, u32 reg, u64 data)
{
	if (reg == APIC_ICR)
		apic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING 1 */
	return apic_reg_write(apic, reg, (u32)data); /* WITH 1 */
}

static void case_old_store(struct kvm_lapic *apic, u64 data)
{
	apic_set_reg(apic, APIC_ICR2, data >> 32); /* FINDING 2 */
	apic_set_reg(apic, APIC_ICR, data); /* WITH 2 */
}

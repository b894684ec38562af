// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names before v4.7.
 */

static int case_old(struct kvm_lapic *apic, u32 reg, u64 *data)
{
	u32 low, high = 0;

	if (apic_reg_read(apic, reg, 4, &low)) /* FINDING 1 */
		return 1;
	if (reg == APIC_ICR)
		apic_reg_read(apic, APIC_ICR2, 4, &high); /* WITH 1 */

	*data = (((u64)high) << 32) | low;
	return 0;
}

static u64 case_old_raw(struct kvm_lapic *apic)
{
	return kvm_apic_get_reg(apic, APIC_ICR) | /* FINDING 2 */
	       (u64)kvm_apic_get_reg(apic, APIC_ICR2) << 32; /* WITH 2 */
}

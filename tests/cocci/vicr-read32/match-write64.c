// SPDX-License-Identifier: GPL-2.0-only
/*
 * 32 bits read, then written as 64.
 */

void case_nodecode(struct kvm_lapic *apic, u32 offset)
{
	u64 val = kvm_lapic_get_reg(apic, offset); /* FINDING 1 */

	kvm_lapic_reg_write64(apic, offset, val); /* WITH 1 */
}

int case_icr(struct kvm_lapic *apic)
{
	u32 val;

	if (kvm_lapic_reg_read(apic, APIC_ICR, sizeof(u32), &val)) /* FINDING 2 */
		return 1;
	return kvm_x2apic_icr_write(apic, val); /* WITH 2 */
}

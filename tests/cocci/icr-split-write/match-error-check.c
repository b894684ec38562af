// SPDX-License-Identifier: GPL-2.0-only
/*
 * The results are looked at: in the ifs, in one expression.
 */

int case_checked(struct kvm_lapic *apic, u64 data)
{
	if (kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32))) /* FINDING 1 */
		return 1;
	if (kvm_lapic_reg_write(apic, APIC_ICR, (u32)data)) /* WITH 1 */
		return 1;
	return 0;
}

int case_in_one(struct kvm_lapic *apic, u64 data)
{
	return kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)) || /* FINDING 2 */
	       kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* WITH 2 */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two of them in one function.
 */

void case_two(struct kvm_lapic *apic, struct kvm_lapic *other, u32 offset)
{
	u32 val;

	kvm_lapic_reg_read(apic, offset, 4, &val); /* FINDING 1 */
	kvm_lapic_reg_write(apic, offset, val); /* WITH 1 */
	val = kvm_lapic_get_reg(other, offset); /* FINDING 2 */
	kvm_lapic_reg_write(other, offset, val); /* WITH 2 */
}

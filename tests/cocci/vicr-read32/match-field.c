// SPDX-License-Identifier: GPL-2.0-only
/*
 * The offset is a member, the mask is applied at the place of use.
 */

void case_field(struct kvm_lapic *apic, struct case_exit *exit)
{
	u32 val = kvm_lapic_get_reg(apic, exit->offset); /* FINDING 1 */

	kvm_lapic_reg_write(apic, exit->offset, val); /* WITH 1 */
}

void case_mask(struct kvm_lapic *apic, u32 offset)
{
	u32 val = 0;

	if (!kvm_lapic_reg_read(apic, offset & 0xff0, 4, &val)) /* FINDING 2 */
		kvm_lapic_reg_write(apic, offset & 0xff0, val); /* WITH 2 */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * A test on something else than the offset rules nothing out.
 */

void case_if(struct kvm_lapic *apic, u32 offset, int mode)
{
	if (mode == case_trap)
		kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset)); /* FINDING 1 */
}

void case_switch(struct kvm_lapic *apic, u32 offset, int id)
{
	u32 val;

	switch (id) {
	case AVIC_IPI_FAILURE_INVALID_INT_TYPE:
		val = kvm_lapic_get_reg(apic, offset); /* FINDING 2 */
		kvm_lapic_reg_write(apic, offset, val); /* WITH 2 */
		break;
	default:
		break;
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The plain form: both halves of one value, cast at the place of use.
 */

int case_send(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* WITH */
}

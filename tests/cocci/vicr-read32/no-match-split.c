// SPDX-License-Identifier: GPL-2.0-only
/*
 * The halves are kept apart.
 */

void case_split(struct kvm_lapic *apic, u32 offset)
{
	if (kvm_x86_ops.x2apic_icr_is_split)
		kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));
	else
		kvm_x2apic_icr_write(apic, kvm_lapic_get_reg64(apic, APIC_ICR));
}

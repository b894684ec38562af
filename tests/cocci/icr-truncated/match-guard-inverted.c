// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guard that is the wrong way round.
 */

int case_inverted(struct kvm_lapic *apic, u64 data)
{
	if (apic_x2apic_mode(apic))
		return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* FINDING */
	return 1;
}

int case_leaves(struct kvm_lapic *apic, u64 data)
{
	if (!apic_x2apic_mode(apic))
		return 1;
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* FINDING */
}

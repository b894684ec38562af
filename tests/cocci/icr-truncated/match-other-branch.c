// SPDX-License-Identifier: GPL-2.0-only
/*
 * ICR2 is written, but on a path that does not lead here.
 */

int case_branches(struct kvm_lapic *apic, bool split, u64 data)
{
	if (split) {
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
		return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	}
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* FINDING */
}

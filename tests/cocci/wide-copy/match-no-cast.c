// SPDX-License-Identifier: GPL-2.0-only
/*
 * Without casts, and the high half is not used at all.
 */

int case_no_cast(struct kvm_lapic *apic, u32 offset)
{
	u32 val;

	if (offset == APIC_ICR) {
		u64 wide = case_read64(apic, offset);

		val = wide; /* FINDING */
	} else if (kvm_lapic_reg_read(apic, offset, 4, &val)) {
		return 1;
	}
	return kvm_lapic_reg_write(apic, offset, val);
}

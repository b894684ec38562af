// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ICR2 write is some ifs deep.
 */

int case_nested(struct kvm_lapic *apic, u32 reg, u64 data)
{
	int ret;

	if (apic_x2apic_mode(apic)) {
		if (reg == APIC_ICR) {
			if (data >> 32) {
				ret = kvm_lapic_reg_write(apic, APIC_ICR2, /* FINDING */
							  (u32)(data >> 32));
				if (ret)
					return ret;
			}
		}
	}
	return kvm_lapic_reg_write(apic, reg, (u32)data); /* WITH */
}

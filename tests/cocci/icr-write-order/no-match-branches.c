// SPDX-License-Identifier: GPL-2.0-only
/*
 * No path has both.
 */

int case_either(struct kvm_lapic *apic, u32 reg, u32 val)
{
	switch (reg) {
	case APIC_ICR:
		return kvm_lapic_reg_write(apic, APIC_ICR, val);
	case APIC_ICR2:
		return kvm_lapic_reg_write(apic, APIC_ICR2, val);
	}

	if (val)
		kvm_lapic_reg_write(apic, APIC_ICR, val);
	else
		kvm_lapic_reg_write(apic, APIC_ICR2, val);
	return 0;
}

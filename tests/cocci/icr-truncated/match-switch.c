// SPDX-License-Identifier: GPL-2.0-only
/*
 * A case for it, beside one for ICR2.
 */

int case_switch(struct kvm_lapic *apic, u32 reg, u64 data)
{
	switch (reg) {
	case APIC_ICR2:
		return kvm_lapic_reg_write(apic, APIC_ICR2, (u32)data);
	case APIC_ICR:
		return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data); /* FINDING */
	}
	return 1;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The case for APIC_ICR itself reads 32 bits.
 */

void case_switch(struct kvm_lapic *apic, u32 offset)
{
	u32 val;

	switch (offset) {
	case APIC_EOI:
		apic_set_eoi(apic);
		break;
	case APIC_ICR:
		kvm_lapic_reg_read(apic, offset, 4, &val); /* FINDING */
		kvm_lapic_reg_write(apic, offset, val); /* WITH */
		break;
	}
}

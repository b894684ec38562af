// SPDX-License-Identifier: GPL-2.0-only
/*
 * 8 bytes are copied.
 */

void case_copies(struct kvm_lapic *apic, u32 offset, void *data)
{
	u64 val;

	memcpy(&val, apic->regs + APIC_ICR, sizeof(val)); /* FINDING */
	memcpy(data, apic->regs + offset, 8);		   /* FINDING */
	memcpy(apic->regs + offset, &val, sizeof(u64));	   /* FINDING */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registers of 32 bits.
 */

u64 case_narrow(struct kvm_lapic *apic, u32 offset, u64 data)
{
	u32 *id = (u32 *)(apic->regs + APIC_ID);

	*((u32 *)(apic->regs + offset)) = (u32)data;
	memcpy(id, apic->regs + offset, 4);
	return (u64)*((u32 *)(apic->regs + APIC_ICR)) | (u64)*id << 32;
}

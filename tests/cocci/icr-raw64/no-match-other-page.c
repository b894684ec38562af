// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is not called the register page, and a variable that is it no more.
 */

u64 case_other(struct kvm_lapic *apic, struct case_page *other, u32 offset)
{
	void *p = apic->regs;
	u64 val = *(u64 *)(other->bytes + offset);

	p = other->bytes;
	val += *(u64 *)(p + offset);
	return val + *(u64 *)(other->bytes + sizeof(apic->regs));
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page in a variable of another name.
 */

u64 case_local(struct kvm_lapic *apic, u32 offset)
{
	void *page = apic->regs;

	if (!page)
		return 0;
	return *(u64 *)(page + offset); /* FINDING */
}

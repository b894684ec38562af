// SPDX-License-Identifier: GPL-2.0-only
/*
 * Vector registers, and the page as a whole.
 */

void case_vectors(struct kvm_lapic *apic, struct kvm_lapic_state *s, u64 *out)
{
	int i;

	for (i = 0; i < 4; i++)
		out[i] = *(u64 *)(apic->regs + APIC_IRR + i * 0x10);
	out[4] = *(u64 *)(apic->regs + APIC_TMR);
	memcpy(s->regs, apic->regs, sizeof(*s));
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guard for the mode makes the access right, but no helper of it.
 */

void case_guarded(struct kvm_lapic *apic, u64 *data)
{
	if (!apic_x2apic_mode(apic) || kvm_x86_ops.x2apic_icr_is_split)
		return;
	*data = *(u64 *)(apic->regs + APIC_ICR); /* FINDING */
}

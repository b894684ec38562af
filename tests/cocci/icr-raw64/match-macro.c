// SPDX-License-Identifier: GPL-2.0-only
/*
 * A macro body has to be told as not analysed.
 */

#define case_icr(apic) /* NOT-ANALYSED */ (*(u64 *)((apic)->regs + APIC_ICR))

bool case_use(struct kvm_lapic *apic)
{
	return case_icr(apic) != 0;
}

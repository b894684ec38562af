// SPDX-License-Identifier: GPL-2.0-only
/*
 * A macro body has to be told as not analysed.
 */

#define case_icr(apic, data) /* NOT-ANALYSED */	\
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)(data))

void case_use(struct kvm_lapic *apic, u64 data)
{
	case_icr(apic, data);
}

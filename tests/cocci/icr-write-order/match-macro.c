// SPDX-License-Identifier: GPL-2.0-only
/*
 * A macro body has to be told as not analysed.
 */

#define case_write_icr(apic, data) /* NOT-ANALYSED */			\
	(kvm_lapic_reg_write(apic, APIC_ICR, (u32)(data)),		\
	 kvm_lapic_reg_write(apic, APIC_ICR2, (u32)((data) >> 32)))

void case_use(struct kvm_lapic *apic, u64 data)
{
	case_write_icr(apic, data);
}

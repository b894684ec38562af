// SPDX-License-Identifier: GPL-2.0-only
/*
 * A split in a macro body has to be told as not analysed.
 */

#define case_read_icr(apic) /* NOT-ANALYSED */				\
	((u64)kvm_lapic_get_reg(apic, APIC_ICR) |			\
	 (u64)kvm_lapic_get_reg(apic, APIC_ICR2) << 32)

u64 case_use(struct kvm_lapic *apic)
{
	return case_read_icr(apic);
}

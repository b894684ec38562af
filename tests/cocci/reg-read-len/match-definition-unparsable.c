// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether the definition refuses cannot be told: nor can its callers.
 *
 * path: arch/x86/kvm/lapic.c
 */

int kvm_lapic_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data)
{
	CASE_BEGIN(apic) ) {
		return len > 4;
	} CASE_END ( ;
}

int case_caller(struct kvm_lapic *apic, u64 *val) /* NOT-ANALYSED */
{
	return kvm_lapic_reg_read(apic, APIC_ICR, 8, val);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * spatch does not look into a macro body: it has to be told, not passed over.
 */

#define case_write_icr(apic, data) /* NOT-ANALYSED */			\
	do {								\
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)((data) >> 32)); \
		kvm_lapic_reg_write(apic, APIC_ICR, (u32)(data));	\
	} while (0)

void case_use(struct kvm_lapic *apic, u64 data)
{
	case_write_icr(apic, data);
}

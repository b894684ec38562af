// SPDX-License-Identifier: GPL-2.0-only
/*
 * A macro body has to be told as not analysed.
 */

#define case_rewrite(apic, offset) /* NOT-ANALYSED */			\
	kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset))

void case_use(struct kvm_lapic *apic, u32 offset)
{
	case_rewrite(apic, offset);
}

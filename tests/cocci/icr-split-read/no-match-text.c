// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tokens in comments, strings and code that is not compiled; the mask of
 * valid registers.
 */

/* kvm_lapic_get_reg(apic, APIC_ICR) | kvm_lapic_get_reg(apic, APIC_ICR2) << 32 */
static u64 case_text(struct kvm_lapic *apic)
{
	u64 mask = APIC_REG_MASK(APIC_ICR) | APIC_REG_MASK(APIC_ICR2);

	pr_debug("kvm_lapic_get_reg(apic, APIC_ICR2) << 32\n");
#if 0
	mask = kvm_lapic_get_reg(apic, APIC_ICR) |
	       (u64)kvm_lapic_get_reg(apic, APIC_ICR2) << 32;
#endif
	return mask & kvm_lapic_get_reg(apic, APIC_LVR);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tokens in comments, strings and code that is not compiled.
 */

/*
 * kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
 * kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
 */
void case_text(struct kvm_lapic *apic, u64 data)
{
	/* kvm_lapic_reg_write(apic, APIC_ICR2, data >> 32); */
	pr_debug("kvm_lapic_reg_write(apic, APIC_ICR2, 0), APIC_ICR\n");
#if 0
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
#endif
	kvm_x2apic_icr_write(apic, data);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tokens in comments, strings and code that is not compiled.
 */

/*
 * kvm_lapic_reg_write(apic, APIC_ICR, low);
 * kvm_lapic_reg_write(apic, APIC_ICR2, high);
 */
void case_text(struct kvm_lapic *apic, u64 data)
{
	pr_debug("kvm_lapic_reg_write(apic, APIC_ICR, 0); kvm_lapic_reg_write(apic, APIC_ICR2, 0)\n");
#if 0
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
#endif
	kvm_lapic_reg_write64(apic, APIC_ICR, data);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Raw reads of both halves that are used each on its own.
 */

static void case_send(struct kvm_lapic *apic)
{
	u32 icr_low = kvm_lapic_get_reg(apic, APIC_ICR);
	u32 icr_high = kvm_lapic_get_reg(apic, APIC_ICR2);

	kvm_apic_send_ipi(apic, icr_low, icr_high);
}

static void case_reg_write(struct kvm_lapic *apic, u32 val)
{
	kvm_apic_send_ipi(apic, val, kvm_lapic_get_reg(apic, APIC_ICR2));
	kvm_lapic_set_reg(apic, APIC_ICR, val);
}

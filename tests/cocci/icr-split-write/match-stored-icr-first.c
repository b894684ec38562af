// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm_x2apic_icr_write() without its guard and under another name: a split,
 * although ICR is stored first.
 * path: arch/x86/kvm/lapic.c
 */

int case_icr_write(struct kvm_lapic *apic, u64 data)
{
	data &= ~APIC_ICR_BUSY;

	kvm_apic_send_ipi(apic, (u32)data, (u32)(data >> 32));
	kvm_lapic_set_reg(apic, APIC_ICR, data); /* WITH */
	kvm_lapic_set_reg(apic, APIC_ICR2, data >> 32); /* FINDING */
	trace_kvm_apic_write(APIC_ICR, data);
	return 0;
}

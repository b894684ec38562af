// SPDX-License-Identifier: GPL-2.0-only
/*
 * The register's own case: the value is a u32 when it gets here.
 */

int kvm_lapic_reg_write(struct kvm_lapic *apic, u32 reg, u32 val)
{
	switch (reg) {
	case APIC_ICR:
		val &= ~(1 << 12);
		kvm_apic_send_ipi(apic, val, kvm_lapic_get_reg(apic, APIC_ICR2));
		kvm_lapic_set_reg(apic, APIC_ICR, val);
		break;
	}
	return 0;
}

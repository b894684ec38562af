// SPDX-License-Identifier: GPL-2.0-only
/*
 * A register that is named and is not ICR.
 */

void case_lvt(struct kvm_lapic *apic)
{
	int i;

	for (i = 0; i < KVM_APIC_LVT_NUM; i++) {
		u32 val = kvm_lapic_get_reg(apic, APIC_LVTT + 0x10 * i);

		kvm_lapic_reg_write(apic, APIC_LVTT + 0x10 * i, val | APIC_LVT_MASKED);
	}
	kvm_lapic_reg_write(apic, APIC_SPIV, kvm_lapic_get_reg(apic, APIC_SPIV));
}

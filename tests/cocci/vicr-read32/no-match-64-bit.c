// SPDX-License-Identifier: GPL-2.0-only
/*
 * The whole register is read.
 */

void case_whole(struct kvm_lapic *apic, u32 offset)
{
	u64 val = kvm_lapic_get_reg64(apic, APIC_ICR);

	kvm_lapic_reg_write64(apic, APIC_ICR, val);
}

void case_eight(struct kvm_lapic *apic, u32 offset)
{
	u64 val = 0;

	kvm_lapic_reg_read(apic, offset, 8, &val);
	kvm_lapic_reg_write64(apic, offset, val);
}

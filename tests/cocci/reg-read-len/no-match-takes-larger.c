// SPDX-License-Identifier: GPL-2.0-only
/*
 * No test, a test with a larger bound, one that is not for all registers.
 *
 * path: arch/x86/kvm/lapic.c
 */

int kvm_lapic_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data)
{
	unsigned char alignment = offset & 0xf;

	if (alignment + len > 8)
		return 1;
	if (alignment + len > 4 && offset != APIC_ICR)
		return 1;
	memcpy(data, apic->regs + offset, len);
	return 0;
}

int case_caller(struct kvm_lapic *apic, u64 *val)
{
	return kvm_lapic_reg_read(apic, APIC_ICR, 8, val);
}

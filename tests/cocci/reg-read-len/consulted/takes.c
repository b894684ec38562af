// SPDX-License-Identifier: GPL-2.0-only
/*
 * A reader that knows of 64-bit registers.
 *
 * path: arch/x86/kvm/lapic.c
 */

int kvm_lapic_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data)
{
	unsigned char alignment = offset & 0xf;
	u64 result;

	if (len == 8) {
		result = kvm_lapic_get_reg64(apic, offset);
		memcpy(data, &result, len);
		return 0;
	}
	if (alignment + len > 4)
		return 1;

	result = kvm_lapic_get_reg(apic, offset & ~0xf);
	memcpy(data, (char *)&result + alignment, len);
	return 0;
}

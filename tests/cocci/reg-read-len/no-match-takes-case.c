// SPDX-License-Identifier: GPL-2.0-only
/*
 * A case for 8 bytes.
 *
 * path: arch/x86/kvm/lapic.c
 */

int kvm_lapic_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data)
{
	switch (len) {
	case 8:
		*(u64 *)data = kvm_lapic_get_reg64(apic, offset);
		return 0;
	default:
		break;
	}
	if (len > 4)
		return 1;
	*(u32 *)data = kvm_lapic_get_reg(apic, offset);
	return 0;
}

int case_caller(struct kvm_lapic *apic, u64 *val)
{
	return kvm_lapic_reg_read(apic, APIC_ICR, 8, val);
}

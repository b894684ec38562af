// SPDX-License-Identifier: GPL-2.0-only
/*
 * Before v4.7, with a debug message in the branch that refuses.
 *
 * path: arch/x86/kvm/lapic.c
 */

static int apic_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data)
{
	unsigned char alignment = offset & 0xf;

	if ((alignment + len) > 4) {
		apic_debug("alignment error %x %d\n", offset, len);
		return 1;
	}
	*(u32 *)data = __apic_read(apic, offset & ~0xf);
	return 0;
}

int case_old(struct kvm_lapic *apic, u64 *data)
{
	return apic_reg_read(apic, APIC_ICR, 8, data); /* FINDING */
}

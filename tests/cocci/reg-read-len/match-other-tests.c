// SPDX-License-Identifier: GPL-2.0-only
/*
 * Another way to refuse, and to leave.
 *
 * path: arch/x86/kvm/lapic.c
 */

int kvm_lapic_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data)
{
	int ret = 1;

	if (len > sizeof(u32))
		goto out;
	*(u32 *)data = __apic_read(apic, offset);
	ret = 0;
out:
	return ret;
}

u64 case_read(struct kvm_lapic *apic)
{
	u64 val;

	return kvm_lapic_reg_read(apic, APIC_ICR, sizeof(val), &val) ? 0 : val; /* FINDING */
}

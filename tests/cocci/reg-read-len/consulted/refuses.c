// SPDX-License-Identifier: GPL-2.0-only
/*
 * A reader that takes no more than a 32-bit register.
 *
 * path: arch/x86/kvm/lapic.c
 */

static u32 case_load(struct kvm_lapic *apic, u32 offset)
{
	return *((u32 *)(apic->regs + offset));
}

int kvm_lapic_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data)
{
	unsigned char alignment = offset & 0xf;
	u32 result;

	if (alignment + len > 4)
		return 1;

	result = case_load(apic, offset & ~0xf);
	memcpy(data, (char *)&result + alignment, len);
	return 0;
}
EXPORT_SYMBOL_GPL(kvm_lapic_reg_read);

/* A wrong call here is a finding of this file, not of those that consult it. */
u64 case_own(struct kvm_lapic *apic)
{
	u64 val = 0;

	kvm_lapic_reg_read(apic, APIC_ICR, 8, &val);
	return val;
}

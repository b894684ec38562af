// SPDX-License-Identifier: GPL-2.0-only
/*
 * Definition and call in one file; the register of the reviewer's sketch.
 *
 * path: arch/x86/kvm/lapic.c
 */

int kvm_lapic_reg_read(struct kvm_lapic *apic, u32 offset, int len, void *data)
{
	unsigned char alignment = offset & 0xf;
	u32 result;

	if (alignment + len > 4)
		return 1;

	result = __apic_read(apic, offset & ~0xf);
	memcpy(data, (char *)&result + alignment, len);
	return 0;
}

static int case_mmio_read(struct kvm_lapic *apic, gpa_t address, int len, void *data)
{
	u32 offset = address - apic->base_address;

	return kvm_lapic_reg_read(apic, offset, len, data);
}

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u64 val = 0;

	offset &= 0xff0;

	if (apic_x2apic_mode(apic)) {
		if (WARN_ON_ONCE(offset != APIC_ICR))
			return;

		kvm_lapic_reg_read(apic, offset, 8, &val); /* FINDING */
		kvm_lapic_reg_write64(apic, offset, val);
	} else {
		kvm_lapic_reg_read(apic, offset, 4, &val);
		kvm_lapic_reg_write(apic, offset, val);
	}
}

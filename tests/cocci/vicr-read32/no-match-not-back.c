// SPDX-License-Identifier: GPL-2.0-only
/*
 * Read, but something else is written, or elsewhere, or nothing.
 */

int case_read(struct kvm_lapic *apic, u32 offset, void *data)
{
	return kvm_lapic_reg_read(apic, offset, 4, data);
}

void case_other_value(struct kvm_lapic *apic, u32 offset, u32 new)
{
	u32 val = kvm_lapic_get_reg(apic, offset);

	trace_case(val);
	kvm_lapic_reg_write(apic, offset, new);
}

void case_other_register(struct kvm_lapic *apic, u32 offset)
{
	u32 val = kvm_lapic_get_reg(apic, offset);

	kvm_lapic_reg_write(apic, APIC_EOI, val);
}

void case_other_apic(struct kvm_lapic *source, struct kvm_lapic *target, u32 offset)
{
	kvm_lapic_reg_write(target, offset, kvm_lapic_get_reg(source, offset));
}

void case_next_offset(struct kvm_lapic *apic, u32 offset)
{
	u32 val = kvm_lapic_get_reg(apic, offset);

	offset = case_next(offset);
	kvm_lapic_reg_write(apic, offset, val);
}

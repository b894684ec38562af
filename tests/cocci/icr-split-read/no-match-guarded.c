// SPDX-License-Identifier: GPL-2.0-only
/*
 * Code that a test on x2apic_icr_is_split guards: then, else, early return,
 * conditional expression.
 */

static u64 case_then(struct kvm_lapic *apic)
{
	if (kvm_x86_ops.x2apic_icr_is_split)
		return (u64)kvm_lapic_get_reg(apic, APIC_ICR) |
		       (u64)kvm_lapic_get_reg(apic, APIC_ICR2) << 32;

	return kvm_lapic_get_reg64(apic, APIC_ICR);
}

static u64 case_else(struct kvm_lapic *apic)
{
	u64 icr;

	if (!kvm_x86_ops.x2apic_icr_is_split)
		icr = kvm_lapic_get_reg64(apic, APIC_ICR);
	else
		icr = (u64)kvm_lapic_get_reg(apic, APIC_ICR) |
		      (u64)kvm_lapic_get_reg(apic, APIC_ICR2) << 32;
	return icr;
}

static u64 case_early(struct kvm_lapic *apic)
{
	u32 low, high;

	if (!kvm_x86_ops.x2apic_icr_is_split)
		return kvm_lapic_get_reg64(apic, APIC_ICR);

	low = kvm_lapic_get_reg(apic, APIC_ICR);
	high = kvm_lapic_get_reg(apic, APIC_ICR2);
	return (u64)high << 32 | low;
}

static u64 case_choice(struct kvm_lapic *apic)
{
	return kvm_x86_ops.x2apic_icr_is_split ?
	       (kvm_lapic_get_reg(apic, APIC_ICR) |
		(u64)kvm_lapic_get_reg(apic, APIC_ICR2) << 32) :
	       kvm_lapic_get_reg64(apic, APIC_ICR);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locals of the same names in two functions are apart.
 */

void case_traces(struct kvm_lapic *apic, u32 offset)
{
	u32 val;

	if (offset == APIC_ICR) {
		u64 wide = case_read64(apic, offset);

		case_trace(wide);
		val = (u32)wide;
	} else {
		kvm_lapic_reg_read(apic, offset, 4, &val);
	}
	case_send(apic, val);
}

void case_copies(struct kvm_lapic *apic, u32 offset)
{
	u32 val;

	if (offset == APIC_ICR) {
		u64 wide = case_read64(apic, offset);

		val = (u32)wide; /* FINDING */
	} else {
		kvm_lapic_reg_read(apic, offset, 4, &val);
	}
	case_send(apic, val);
}

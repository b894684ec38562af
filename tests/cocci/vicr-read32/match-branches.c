// SPDX-License-Identifier: GPL-2.0-only
/*
 * Written back in either branch; the read is one finding.
 */

void case_either(struct kvm_lapic *apic, u32 offset, bool trace)
{
	u32 val = kvm_lapic_get_reg(apic, offset); /* FINDING */

	if (trace) {
		trace_kvm_apic_write(offset, val);
		kvm_lapic_reg_write(apic, offset, val); /* WITH */
		return;
	}
	kvm_lapic_reg_write(apic, offset, val); /* WITH */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The write of ICR stands behind a label.
 */

int case_goto(struct kvm_lapic *apic, u64 data, bool high)
{
	u32 low = (u32)data;

	if (!high)
		goto send;
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32)); /* FINDING */
	if (case_trace(apic))
		goto send;
	return 1;
send:
	return kvm_lapic_reg_write(apic, APIC_ICR, low); /* WITH */
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * One path reads 64 bits, the other 32.
 */

void case_nodecode(struct kvm_vcpu *vcpu, u32 offset)
{
	struct kvm_lapic *apic = vcpu->arch.apic;
	u32 val = 0;

	if (apic_x2apic_mode(apic) && offset == APIC_ICR) {
		u64 wide = case_read64(apic, offset);

		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(wide >> 32));
		val = (u32)wide; /* FINDING */
	} else {
		kvm_lapic_reg_read(apic, offset, 4, &val);
	}
	kvm_lapic_reg_write(apic, offset, val);
}

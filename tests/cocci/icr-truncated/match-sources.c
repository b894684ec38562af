// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a local gets 64 bits from.
 */

void case_sources(struct kvm_vcpu *vcpu, struct kvm_lapic *apic, struct msr_data *msr, u32 dest)
{
	u64 data = msr->data;

	kvm_lapic_reg_write(apic, APIC_ICR, data); /* FINDING */
	data = kvm_x2apic_icr_read(apic);
	kvm_lapic_reg_write(apic, APIC_ICR, data); /* FINDING */
	data = *(u64 *)(apic->regs + APIC_ICR);
	kvm_lapic_reg_write(apic, APIC_ICR, data); /* FINDING */
	data = APIC_DM_FIXED | ((u64)dest << 32);
	kvm_lapic_reg_write(apic, APIC_ICR, data); /* FINDING */
	kvm_x2apic_msr_read(vcpu, APIC_BASE_MSR + (APIC_ICR >> 4), &data);
	kvm_lapic_reg_write(apic, APIC_ICR, data);			   /* FINDING */
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)kvm_read_edx_eax(vcpu)); /* FINDING */
}

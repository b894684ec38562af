// SPDX-License-Identifier: GPL-2.0-only
/*
 * Read and written at APIC_ICR.
 */

u64 case_read(struct kvm_vcpu *vcpu)
{
	return *(u64 *)(vcpu->arch.apic->regs + APIC_ICR); /* FINDING */
}

void case_write(struct kvm_lapic *apic, u64 data)
{
	*(u64 *)(apic->regs + APIC_ICR) = data; /* FINDING */
}

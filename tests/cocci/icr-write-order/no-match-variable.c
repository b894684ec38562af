// SPDX-License-Identifier: GPL-2.0-only
/*
 * The register variable is not ICR, or is written after ICR2.
 */

int case_other(struct kvm_lapic *apic, u32 reg, u32 val)
{
	kvm_lapic_reg_write(apic, reg, val);
	kvm_lapic_reg_write(apic, APIC_ICR2, val);
	return 0;
}

int case_msr_write(struct kvm_lapic *apic, u32 reg, u64 data)
{
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, reg, (u32)data);
}

void case_msr_write_all(struct kvm_lapic *apic, struct case_msr *msr, int nr)
{
	int i;

	for (i = 0; i < nr; i++) {
		u32 reg = msr[i].reg;

		if (reg == APIC_ICR)
			kvm_lapic_reg_write(apic, APIC_ICR2, msr[i].high);
		kvm_lapic_reg_write(apic, reg, msr[i].low);
	}
}

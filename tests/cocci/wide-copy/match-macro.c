// SPDX-License-Identifier: GPL-2.0-only
/*
 * A macro body has to be told as not analysed.
 */

#define case_copy(apic, offset) do { /* NOT-ANALYSED */			\
	u32 val = 0;							\
	if ((offset) == APIC_ICR) {					\
		u64 wide = case_read64(apic, offset);			\
		val = (u32)wide;					\
	} else {							\
		kvm_lapic_reg_read(apic, offset, 4, &val);		\
	}								\
	kvm_lapic_reg_write(apic, offset, val); } while (0)

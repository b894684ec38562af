// SPDX-License-Identifier: GPL-2.0-only
/// Write the 64-bit ICR through kvm_lapic_reg_write64() instead of splitting
/// it into ICR2 and ICR at each place.  The helper itself is left alone; its
/// text and the comments that become stale are part of the refactor's data
/// (rules/refactors/write64.json).
///
// Confidence: High
// Copyright: (C) the icrfix authors. GPL-2.0-only
// Comments: only "if (reg == APIC_ICR) ...; return ...;" with both writes from
//           the same 64-bit value is converted.
// Options: --no-includes --include-headers

virtual patch

@helper@
expression E;
statement S;
position i;
@@

\(kvm_lapic_reg_write64\|kvm_lapic_msr_write\)(...) {
<+...
if@i (E) S
...+>
}

@depends on patch@
typedef u32;
expression apic, reg, data;
position i != helper.i;
@@

- if@i (reg == APIC_ICR)
- 	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
- return kvm_lapic_reg_write(apic, reg, (u32)data);
+ return kvm_lapic_reg_write64(apic, reg, data);

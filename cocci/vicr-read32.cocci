// SPDX-License-Identifier: GPL-2.0-only
/// With IPI virtualization the CPU writes the 64-bit ICR of an x2APIC to the
/// virtual-APIC page (vICR) and exits to KVM.  Find code that reads a register
/// which can be that ICR with 32 bits and writes the value back as the
/// register's: the destination, bits 63:32, is lost.
///
/// Silent is a read that is reached only where the APIC is not in x2APIC mode
/// or where the offset is not APIC_ICR (a branch of such a test), or where the
/// two halves are kept apart (x2apic_icr_is_split).
///
// Confidence: Moderate
// Copyright: (C) the icrfix authors. GPL-2.0-only
// Comments: the offset is a variable or APIC_ICR.  Whether the caller can be in
//           x2APIC mode is not looked at.
// Options: --no-includes --include-headers

virtual patch
virtual context
virtual org
virtual report

// ---- where the register cannot be the ICR of an x2APIC

// Tests under which the halves may be accessed on their own.  The long lists of
// isomorphisms here and below are those that cannot matter; trying them costs
// more than all the rest.
@right disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
expression E1, E2, E3;
identifier other = {APIC_ID, APIC_LVR, APIC_TASKPRI, APIC_ARBPRI, APIC_PROCPRI, APIC_EOI,
	APIC_RRR, APIC_LDR, APIC_DFR, APIC_SPIV, APIC_ISR, APIC_TMR, APIC_IRR, APIC_ESR,
	APIC_LVTCMCI, APIC_ICR2, APIC_LVTT, APIC_LVTTHMR, APIC_LVTPC, APIC_LVT0, APIC_LVT1,
	APIC_LVTERR, APIC_TMICT, APIC_TMCCT, APIC_TDCR, APIC_SELF_IPI};
statement S1, S2;
position i;
@@

if@i (\( (E1.x2apic_icr_is_split)
      \| (E1.x2apic_icr_is_split) && E2
      \| E2 && (E1.x2apic_icr_is_split)
      \| (!apic_x2apic_mode(E1))
      \| (!apic_x2apic_mode(E1)) && E2
      \| E2 && (!apic_x2apic_mode(E1))
      \| (E3 != APIC_ICR)
      \| (E3 != APIC_ICR) && E2
      \| E2 && (E3 != APIC_ICR)
      \| (!apic_x2apic_mode(E1)) || (E3 != APIC_ICR)
      \| (E3 != APIC_ICR) || (!apic_x2apic_mode(E1))
      \| (E3 == other)
      \| (E3 == other) && E2
      \| E2 && (E3 == other)
      \)) S1 else S2

// Tests that leave just this to their else.
@wrong disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
expression E1, E2, E3;
statement S1, S2;
position i;
@@

if@i (\( (!E1.x2apic_icr_is_split)
      \| (!E1.x2apic_icr_is_split) || E2
      \| E2 || (!E1.x2apic_icr_is_split)
      \| (apic_x2apic_mode(E1))
      \| (apic_x2apic_mode(E1)) || E2
      \| E2 || (apic_x2apic_mode(E1))
      \| (E3 == APIC_ICR)
      \| (E3 == APIC_ICR) || E2
      \| E2 || (E3 == APIC_ICR)
      \| (apic_x2apic_mode(E1)) && (E3 == APIC_ICR)
      \| (E3 == APIC_ICR) && (apic_x2apic_mode(E1))
      \)) S1 else S2

// An access in the branch of such a test,
@apart_then disable neg_if, ne_if exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression E1, apic;
statement S;
position right.i;
position k;
@@

if@i (E1) {
... when any
rd@k(apic, ...)
... when any
} else S

// in the else of one (an else if included),
@apart_else disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression E1, E2, apic;
statement S1, S2;
position wrong.i;
position k;
@@

(
if@i (E1) S1 else {
... when any
rd@k(apic, ...)
... when any
}
|
if@i (E1) S1 else if (E2) {
... when any
rd@k(apic, ...)
... when any
} else S2
|
if@i (E1) S1 else if (E2) S2 else {
... when any
rd@k(apic, ...)
... when any
}
)

// or after one whose branch leaves.
@leaves disable neg_if, ne_if@
expression E1;
identifier l;
statement S;
position wrong.i;
position j;
@@

if@i@j (E1) {
...
\( return ...; \| goto l; \| break; \| continue; \)
} else S

@apart_after disable neg_if, ne_if exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression E1, apic;
statement S1, S2;
position leaves.j;
position k;
@@

if@j (E1) S1 else S2
... when any
rd@k(apic, ...)

// A case of another register, or a default beside a case APIC_ICR, that case
// APIC_ICR does not fall into.
@not_this_case disable neg_if, ne_if exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier other = {APIC_ID, APIC_LVR, APIC_TASKPRI, APIC_ARBPRI, APIC_PROCPRI, APIC_EOI,
	APIC_RRR, APIC_LDR, APIC_DFR, APIC_SPIV, APIC_ISR, APIC_TMR, APIC_IRR, APIC_ESR,
	APIC_LVTCMCI, APIC_ICR2, APIC_LVTT, APIC_LVTTHMR, APIC_LVTPC, APIC_LVT0, APIC_LVT1,
	APIC_LVTERR, APIC_TMICT, APIC_TMCCT, APIC_TDCR, APIC_SELF_IPI};
expression E1, apic;
position k;
@@

switch (E1) {
case other:
... when != break;
    when any
rd@k(apic, ...)
... when any
}

@this_case disable neg_if, ne_if exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression E1, apic;
position n;
@@

switch (E1) {
case APIC_ICR:
... when != break;
    when any
rd@n(apic, ...)
... when any
}

@case_of_its_own disable neg_if, ne_if exists@
expression E1;
position i;
@@

switch@i (E1) {
case APIC_ICR:
... when any
}

@default_case disable neg_if, ne_if exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression E1, apic;
position case_of_its_own.i;
position k;
@@

switch@i (E1) {
default:
... when != break;
    when any
rd@k(apic, ...)
... when any
}

@other_case disable all exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression apic;
position not_this_case.k;
position k1 != this_case.n;
@@

rd@k@k1(apic, ...)

@other_default disable all exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression apic;
position default_case.k;
position k1 != this_case.n;
@@

rd@k@k1(apic, ...)

// ---- the reads

// Reads of a variable offset or of APIC_ICR.
@offset disable all exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
typedef u32;
local idexpression i;
identifier m;
constant C;
expression apic, off, E1;
position f != {
	apart_then.k, apart_else.k, apart_after.k, other_case.k1, other_default.k1};
@@

rd@f(apic, \( \( i \| i & C \| E1->m \| E1.m \| APIC_ICR \) \& off \), ...)

// Written back: from a variable that was passed by address, from one that was
// assigned, or without one.
@by_pointer disable all exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read};
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_reg_write64, kvm_lapic_msr_write};
expression offset.apic, offset.off, val, A, E;
position offset.f;
position f0, p, g;
@@

\( rd@f@f0(apic, off, \(4\|sizeof(u32)\), &val) \& A@p \)
... when != off = E
    when != apic = E
    when != val = E
wr@g(apic, off, <+... val ...+>)

@by_value disable all exists@
identifier get = {kvm_lapic_get_reg, __kvm_lapic_get_reg, kvm_apic_get_reg, apic_get_reg};
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_reg_write64, kvm_lapic_msr_write};
expression offset.apic, offset.off, val, A, E, E1;
position offset.f;
position f0, p, g;
@@

val = \( <+... \( get@f@f0(apic, off) \& A@p \) ...+> \& E1 \)
... when != off = E
    when != apic = E
    when != val = E
wr@g(apic, off, <+... val ...+>)

@at_once disable all exists@
identifier get = {kvm_lapic_get_reg, __kvm_lapic_get_reg, kvm_apic_get_reg, apic_get_reg};
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_reg_write64, kvm_lapic_msr_write};
expression offset.apic, offset.off, A;
position offset.f;
position f0, p, g;
@@

wr@g(apic, off, <+... \( get@f@f0(apic, off) \& A@p \) ...+>)

@by_pointer_icr disable all exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read};
identifier wr = {kvm_x2apic_icr_write};
expression offset.apic, offset.off, val, A, E;
position offset.f;
position f0, p, g;
@@

\( rd@f@f0(apic, off, \(4\|sizeof(u32)\), &val) \& A@p \)
... when != off = E
    when != apic = E
    when != val = E
wr@g(apic, <+... val ...+>)

@by_value_icr disable all exists@
identifier get = {kvm_lapic_get_reg, __kvm_lapic_get_reg, kvm_apic_get_reg, apic_get_reg};
identifier wr = {kvm_x2apic_icr_write};
expression offset.apic, offset.off, val, A, E, E1;
position offset.f;
position f0, p, g;
@@

val = \( <+... \( get@f@f0(apic, off) \& A@p \) ...+> \& E1 \)
... when != off = E
    when != apic = E
    when != val = E
wr@g(apic, <+... val ...+>)

@at_once_icr disable all exists@
identifier get = {kvm_lapic_get_reg, __kvm_lapic_get_reg, kvm_apic_get_reg, apic_get_reg};
identifier wr = {kvm_x2apic_icr_write};
expression offset.apic, offset.off, A;
position offset.f;
position f0, p, g;
@@

wr@g(apic, <+... \( get@f@f0(apic, off) \& A@p \) ...+>)

// ---- what is printed

@depends on context@
identifier fn;
position p = {
	by_pointer.f0, by_pointer.g, by_value.f0, by_value.g, at_once.f0, at_once.g,
	by_pointer_icr.f0, by_pointer_icr.g, by_value_icr.f0, by_value_icr.g,
	at_once_icr.f0, at_once_icr.g};
@@

* fn@p(
  ...)

@initialize:python depends on report || org@
@@

sites = {}

def note(p, others):
    key = (p[0].file, int(p[0].line), int(p[0].column))
    sites.setdefault(key, (p[0], set()))[1].update(
        int(o.line) for o in others if o.line != p[0].line)

def messages():
    for key in sorted(sites):
        p, lines = sites[key]
        where = ", ".join(str(l) for l in sorted(lines))
        if where:
            where = " (with line%s %s)" % ("s" if len(lines) > 1 else "", where)
        yield p, "32 bits of a register that can be the 64-bit ICR are read and written back" + where
    sites.clear()

@script:python depends on report || org@
p << by_pointer.p;
o << by_pointer.g;
@@

note(p, o)

@script:python depends on report || org@
p << by_value.p;
o << by_value.g;
@@

note(p, o)

@script:python depends on report || org@
p << at_once.p;
o << at_once.g;
@@

note(p, o)

@script:python depends on report || org@
p << by_pointer_icr.p;
o << by_pointer_icr.g;
@@

note(p, o)

@script:python depends on report || org@
p << by_value_icr.p;
o << by_value_icr.g;
@@

note(p, o)

@script:python depends on report || org@
p << at_once_icr.p;
o << at_once_icr.g;
@@

note(p, o)

@script:python depends on report && (by_pointer || by_value || at_once || by_pointer_icr || by_value_icr || at_once_icr)@
@@

for p, message in messages():
    coccilib.report.print_report(p, message)

@script:python depends on org && (by_pointer || by_value || at_once || by_pointer_icr || by_value_icr || at_once_icr)@
@@

for p, message in messages():
    coccilib.org.print_todo(p, message)

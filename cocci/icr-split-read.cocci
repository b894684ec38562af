// SPDX-License-Identifier: GPL-2.0-only
/// The Interrupt Command Register of an x2APIC is one 64-bit register.  Find
/// code of KVM that reads it as two 32-bit registers, APIC_ICR and APIC_ICR2,
/// and puts the halves together on its own.
///
/// Two reads through kvm_lapic_reg_read() (reads as the guest does them) are
/// always told, raw reads of the halves only where the upper one is shifted by
/// 32, that is, where a 64-bit value is made of them.  Silent is code that
/// runs only where the two halves are kept apart (x2apic_icr_is_split) or
/// where the APIC is not in x2APIC mode.
///
// Confidence: High
// Copyright: (C) the icrfix authors. GPL-2.0-only
// Comments: the report stands at the first of the two reads.
// Options: --no-includes --include-headers

virtual patch
virtual context
virtual org
virtual report

// ---- where the two halves may be accessed on their own

// Tests under which the halves may be accessed on their own.  The long lists of
// isomorphisms here and below are those that cannot matter; trying them costs
// more than all the rest.
@right disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
expression E1, E2;
statement S1, S2;
position i;
@@

if@i (\( (E1.x2apic_icr_is_split)
      \| (E1.x2apic_icr_is_split) && E2
      \| E2 && (E1.x2apic_icr_is_split)
      \| (!apic_x2apic_mode(E1))
      \| (!apic_x2apic_mode(E1)) && E2
      \| E2 && (!apic_x2apic_mode(E1))
      \)) S1 else S2

// Tests that leave just this to their else.
@wrong disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
expression E1, E2;
statement S1, S2;
position i;
@@

if@i (\( (!E1.x2apic_icr_is_split)
      \| (!E1.x2apic_icr_is_split) || E2
      \| E2 || (!E1.x2apic_icr_is_split)
      \| (apic_x2apic_mode(E1))
      \| (apic_x2apic_mode(E1)) || E2
      \| E2 || (apic_x2apic_mode(E1))
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
rd@k(apic, APIC_ICR2, ...)
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
rd@k(apic, APIC_ICR2, ...)
... when any
}
|
if@i (E1) S1 else if (E2) {
... when any
rd@k(apic, APIC_ICR2, ...)
... when any
} else S2
|
if@i (E1) S1 else if (E2) S2 else {
... when any
rd@k(apic, APIC_ICR2, ...)
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
rd@k(apic, APIC_ICR2, ...)

// The same tests as conditional expressions.
@apart_choice disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression E1, E3, apic;
position k;
@@

(
  (E1.x2apic_icr_is_split) ? <+... rd@k(apic, APIC_ICR2, ...) ...+> : E3
|
  (!E1.x2apic_icr_is_split) ? E3 : <+... rd@k(apic, APIC_ICR2, ...) ...+>
|
  (!apic_x2apic_mode(E1)) ? <+... rd@k(apic, APIC_ICR2, ...) ...+> : E3
|
  (apic_x2apic_mode(E1)) ? E3 : <+... rd@k(apic, APIC_ICR2, ...) ...+>
)

// The 64 bits are made for a register that is 64 bits wide.
@to_register disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier wr64 = {kvm_lapic_set_reg64, __kvm_lapic_set_reg64, apic_set_reg64};
expression E1, apic;
statement S;
position k;
@@

if (!E1.x2apic_icr_is_split) {
... when any
rd@k(apic, APIC_ICR2, ...)
... when any
wr64(apic, APIC_ICR, ...)
... when any
} else S

// ---- a register number in a variable that is APIC_ICR here

// An access of ICR2 where a test says that reg is APIC_ICR.
@as_icr disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces3, braces4, ptr_to_array,
	mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression apic, reg, E1;
statement S;
identifier l;
position f;
@@

(
if (<+... reg == APIC_ICR ...+>) {
... when any
rd@f(apic, APIC_ICR2, ...)
... when any
} else S
|
if (reg != APIC_ICR) S else {
... when any
rd@f(apic, APIC_ICR2, ...)
... when any
}
|
switch (reg) {
case APIC_ICR:
... when != break;
    when any
rd@f(apic, APIC_ICR2, ...)
... when any
}
|
if (reg != APIC_ICR) {
...
\( return ...; \| goto l; \| break; \| continue; \)
}
... when any
rd@f(apic, APIC_ICR2, ...)
|
  (<+... reg == APIC_ICR ...+>) && \( <+... rd@f(apic, APIC_ICR2, ...) ...+> \& E1 \)
|
  (<+... reg == APIC_ICR ...+>) ? <+... rd@f(apic, APIC_ICR2, ...) ...+> : E1
)

// ---- raw reads of the upper half that become the upper half of 64 bits

// A read of ICR2 that is shifted at once, or later,
@shifted disable all exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression apic, E;
position f;
@@

  \( E \& <+... rd@f(apic, APIC_ICR2, ...) ...+> \) << 32

@shifted_later disable all exists@
identifier get = {kvm_lapic_get_reg, __kvm_lapic_get_reg, kvm_apic_get_reg, apic_get_reg};
identifier rd = {kvm_lapic_reg_read, apic_reg_read};
expression apic, hi, E, E1, E2, E3;
position f;
@@

\( hi = \( <+... get@f(apic, APIC_ICR2) ...+> \& E1 \)
\| rd@f(apic, APIC_ICR2, E2, &hi)
\)
... when != hi = E
\( \( E3 << 32 \& <+... hi ...+> \) \| hi <<= 32 \)

// and the raw reads that are not: these tell nothing.
@alone disable all exists@
identifier get = {kvm_lapic_get_reg, __kvm_lapic_get_reg, kvm_apic_get_reg, apic_get_reg};
expression apic;
position k != {shifted.f, shifted_later.f};
@@

get@k(apic, APIC_ICR2)

// ---- the splits

// The first two reads of the function, the upper half before the lower one.
@variable_lead disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr, commeq, commneq, drop_else, neg_if_exp,
	ret, braces2, paren exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd1 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd3 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd4 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier fn;
expression as_icr.apic, as_icr.reg, E;
position as_icr.f;
position f2 != {
	apart_then.k, apart_else.k, apart_after.k, apart_choice.k, to_register.k,
	alone.k};
position g2;
@@

fn(...) {
... when != rd4(apic, \(APIC_ICR\|APIC_ICR2\|reg\), ...)
rd@f@f2(apic, APIC_ICR2, ...)
... when != rd3(apic, \(APIC_ICR\|APIC_ICR2\|reg\), ...)
    when != apic = E
    when != reg = E
rd1@g2(apic, \(APIC_ICR\|reg\), ...)
... when any
}

@fixed_lead disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr, commeq, commneq, drop_else, neg_if_exp,
	ret, braces2, paren exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd1 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd3 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd4 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier fn;
expression apic, E;
position f2 != {
	apart_then.k, apart_else.k, apart_after.k, apart_choice.k, to_register.k,
	alone.k, as_icr.f};
position g2;
@@

fn(...) {
... when != rd4(apic, \(APIC_ICR\|APIC_ICR2\), ...)
rd@f2(apic, APIC_ICR2, ...)
... when != rd3(apic, \(APIC_ICR\|APIC_ICR2\), ...)
    when != apic = E
rd1@g2(apic, APIC_ICR, ...)
... when any
}

// The lower half first, not counting pairs that begin with the upper half.
@variable_low disable all exists@
identifier rd1 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd3 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression as_icr.apic, as_icr.reg, E, A;
position as_icr.f;
position f1 != {
	apart_then.k, apart_else.k, apart_after.k, apart_choice.k, to_register.k,
	alone.k, variable_lead.f2, fixed_lead.f2};
position g != {variable_lead.g2, fixed_lead.g2};
position p;
@@

\( rd1@g(apic, \(APIC_ICR\|reg\), ...) \& A@p \)
... when != rd3(apic, \(APIC_ICR\|APIC_ICR2\|reg\), ...)
    when != apic = E
    when != reg = E
rd@f@f1(apic, APIC_ICR2, ...)

@fixed_low disable all exists@
identifier rd1 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd3 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression apic, E, A;
position f1 != {
	apart_then.k, apart_else.k, apart_after.k, apart_choice.k, to_register.k,
	alone.k, as_icr.f, variable_lead.f2, fixed_lead.f2};
position g != {variable_lead.g2, fixed_lead.g2};
position p;
@@

\( rd1@g(apic, APIC_ICR, ...) \& A@p \)
... when != rd3(apic, \(APIC_ICR\|APIC_ICR2\), ...)
    when != apic = E
rd@f1(apic, APIC_ICR2, ...)

// The upper half first.
@variable_high disable all exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd1 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd3 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression as_icr.apic, as_icr.reg, E, A;
position as_icr.f;
position f1 != {
	apart_then.k, apart_else.k, apart_after.k, apart_choice.k, to_register.k,
	alone.k, variable_low.f1, fixed_low.f1};
position p, g;
@@

\( rd@f@f1(apic, APIC_ICR2, ...) \& A@p \)
... when != rd3(apic, \(APIC_ICR\|APIC_ICR2\|reg\), ...)
    when != apic = E
    when != reg = E
rd1@g(apic, \(APIC_ICR\|reg\), ...)

@fixed_high disable all exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd1 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd3 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression apic, E, A;
position f1 != {
	apart_then.k, apart_else.k, apart_after.k, apart_choice.k, to_register.k,
	alone.k, as_icr.f, variable_low.f1, fixed_low.f1};
position p, g;
@@

\( rd@f1(apic, APIC_ICR2, ...) \& A@p \)
... when != rd3(apic, \(APIC_ICR\|APIC_ICR2\), ...)
    when != apic = E
rd1@g(apic, APIC_ICR, ...)

// Both in one expression.
@one disable all exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
identifier rd1 = {kvm_lapic_reg_read, apic_reg_read, kvm_lapic_get_reg, __kvm_lapic_get_reg,
	kvm_apic_get_reg, apic_get_reg};
expression apic, A, E0, E;
position f1 != {
	apart_then.k, apart_else.k, apart_after.k, apart_choice.k, to_register.k,
	alone.k};
position p, a, b;
binary operator o;
@@

(
  \( E0 \& <+... \( rd1@a(apic, APIC_ICR, ...) \& A@p \) ...+> \) o \( <+... rd@f1@b(apic, APIC_ICR2, ...) ...+> \& E \)
|
  \( E0 \& <+... \( rd@f1@a(apic, APIC_ICR2, ...) \& A@p \) ...+> \) o \( <+... rd1@b(apic, APIC_ICR, ...) ...+> \& E \)
)

// ---- what is printed

@depends on context@
identifier fn;
position p = {
	variable_low.g, variable_low.f1, fixed_low.g, fixed_low.f1, variable_high.f1,
	variable_high.g, fixed_high.f1, fixed_high.g, one.a, one.b};
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
        yield p, "the 64-bit ICR is read as two 32-bit registers, ICR and ICR2" + where
    sites.clear()

@script:python depends on report || org@
p << variable_low.p;
o << variable_low.f1;
@@

note(p, o)

@script:python depends on report || org@
p << fixed_low.p;
o << fixed_low.f1;
@@

note(p, o)

@script:python depends on report || org@
p << variable_high.p;
o << variable_high.g;
@@

note(p, o)

@script:python depends on report || org@
p << fixed_high.p;
o << fixed_high.g;
@@

note(p, o)

@script:python depends on report || org@
p << one.p;
o << one.b;
@@

note(p, o)

@script:python depends on report && (variable_low || fixed_low || variable_high || fixed_high || one)@
@@

for p, message in messages():
    coccilib.report.print_report(p, message)

@script:python depends on org && (variable_low || fixed_low || variable_high || fixed_high || one)@
@@

for p, message in messages():
    coccilib.org.print_todo(p, message)

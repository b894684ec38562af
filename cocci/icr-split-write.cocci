// SPDX-License-Identifier: GPL-2.0-only
/// The Interrupt Command Register of an x2APIC is one 64-bit register.  Find
/// code of KVM that writes it as two 32-bit registers, the destination to
/// APIC_ICR2 and the command to APIC_ICR, instead of calling a helper for the
/// whole register.
///
/// Silent are code that runs only where the two halves are kept apart
/// (x2apic_icr_is_split) or where the APIC is not in x2APIC mode, and the same
/// constant written to both halves (a reset).  Where the write of APIC_ICR
/// comes first and sends, icr-write-order says so.
///
// Confidence: High
// Copyright: (C) the icrfix authors. GPL-2.0-only
// Comments: one report per write of APIC_ICR2, with each write of APIC_ICR that
//           can be the next one after it.
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
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression E1, apic, hi;
statement S;
position right.i;
position k;
@@

if@i (E1) {
... when any
wr@k(apic, APIC_ICR2, hi)
... when any
} else S

// in the else of one (an else if included),
@apart_else disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression E1, E2, apic, hi;
statement S1, S2;
position wrong.i;
position k;
@@

(
if@i (E1) S1 else {
... when any
wr@k(apic, APIC_ICR2, hi)
... when any
}
|
if@i (E1) S1 else if (E2) {
... when any
wr@k(apic, APIC_ICR2, hi)
... when any
} else S2
|
if@i (E1) S1 else if (E2) S2 else {
... when any
wr@k(apic, APIC_ICR2, hi)
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
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression E1, apic, hi;
statement S1, S2;
position leaves.j;
position k;
@@

if@j (E1) S1 else S2
... when any
wr@k(apic, APIC_ICR2, hi)

// The same constant to both halves.
@reset disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, E;
constant C;
position k;
@@

wr@k(apic, APIC_ICR2, C)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
wr1(apic, APIC_ICR, C)

@reset_back disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, E;
constant C;
position k;
@@

wr1(apic, APIC_ICR, C)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
wr@k(apic, APIC_ICR2, C)

// ---- a register number in a variable that is APIC_ICR here

// An access of ICR2 where a test says that reg is APIC_ICR.
@as_icr disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces3, braces4, ptr_to_array,
	mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, reg, E1, hi;
statement S;
identifier l;
position f0;
@@

(
if (<+... reg == APIC_ICR ...+>) {
... when any
wr@f0(apic, APIC_ICR2, hi)
... when any
} else S
|
if (reg != APIC_ICR) S else {
... when any
wr@f0(apic, APIC_ICR2, hi)
... when any
}
|
switch (reg) {
case APIC_ICR:
... when != break;
    when any
wr@f0(apic, APIC_ICR2, hi)
... when any
}
|
if (reg != APIC_ICR) {
...
\( return ...; \| goto l; \| break; \| continue; \)
}
... when any
wr@f0(apic, APIC_ICR2, hi)
|
  (<+... reg == APIC_ICR ...+>) && \( <+... wr@f0(apic, APIC_ICR2, hi) ...+> \& E1 \)
|
  (<+... reg == APIC_ICR ...+>) ? <+... wr@f0(apic, APIC_ICR2, hi) ...+> : E1
)

// Those that have the access of ICR after them.
@ordered disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression as_icr.apic, as_icr.reg, hi, lo, E;
position as_icr.f0;
position f1, g1;
@@

wr@f0@f1(apic, APIC_ICR2, hi)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\|reg\), ...)
    when != reg = E
    when != apic = E
wr1@g1(apic, \(APIC_ICR\|reg\), lo)

// ---- pairs in the right order

@pair disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, hi, lo;
position f0, g0;
@@

wr@f0(apic, APIC_ICR2, hi);
wr1@g0(apic, APIC_ICR, lo);

// ---- ICR is sent before ICR2 is written

// Side by side,
@sent_pair disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write};
expression apic, hi, lo, A;
position f != pair.f0;
position g != pair.g0;
position p;
@@

wr1@g(apic, APIC_ICR, lo);
\( wr@f(apic, APIC_ICR2, hi) \& A@p \);

// around a loop, without any write before it,
@sent_round disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr, commeq, commneq, drop_else, neg_if_exp,
	ret, braces2, paren exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr4 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr5 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier fn;
expression apic, hi, lo, E, A;
position f, g, p;
@@

fn(...) {
... when != wr4(apic, \(APIC_ICR2\|APIC_ICR\), ...)
wr1@g(apic, APIC_ICR, lo)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
\( wr@f(apic, APIC_ICR2, hi) \& A@p \)
... when != wr5(apic, \(APIC_ICR2\|APIC_ICR\), ...)
wr1@g(apic, APIC_ICR, lo)
... when any
}

// two pairs, one after the other,
@sent_two disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write};
identifier wr2 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write};
expression apic, E1, E2, E3, E4, A, B;
position f, g, p, f2, g2, p2;
@@

wr1@g(apic, APIC_ICR, E1);
\( wr@f(apic, APIC_ICR2, E2) \& A@p \);
wr3@g2(apic, APIC_ICR, E3);
\( wr2@f2(apic, APIC_ICR2, E4) \& B@p2 \);

@sent_two_more disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write};
expression apic, E1, E2, A;
position sent_two.f2, sent_two.g2;
position f, g, p;
@@

wr1@g2@g(apic, APIC_ICR, E1);
\( wr@f2@f(apic, APIC_ICR2, E2) \& A@p \);

// halves of the same value, unless another pair has them in the right order,
@sent_halves_in_order disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, D, E;
type T1, T2;
position f0 != {sent_pair.f, sent_round.f};
position g0;
@@

wr@f0(apic, APIC_ICR2, \(D >> 32\|(T1)(D >> 32)\))
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
wr1@g0(apic, APIC_ICR, \(D\|(T2)D\))

@sent_halves disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, D, E, A;
type T1, T2;
position f != {pair.f0, sent_halves_in_order.f0};
position g != {pair.g0, sent_halves_in_order.g0};
position p;
@@

wr1@g(apic, APIC_ICR, \(D\|(T2)D\))
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
\( wr@f(apic, APIC_ICR2, \(D >> 32\|(T1)(D >> 32)\)) \& A@p \)

// the first two writes of the function, unless ICR follows once more,
@sent_first disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr, commeq, commneq, drop_else, neg_if_exp,
	ret, braces2, paren exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr4 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier fn;
expression apic, hi, lo, E;
position f0 != {pair.f0, sent_halves_in_order.f0};
position g0 != {pair.g0, sent_halves_in_order.g0};
@@

fn(...) {
... when != wr4(apic, \(APIC_ICR2\|APIC_ICR\), ...)
wr1@g0(apic, APIC_ICR, lo)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
wr@f0(apic, APIC_ICR2, hi)
... when any
}

@sent_not_alone disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, hi, lo, E;
position sent_first.f0;
position f1;
position g1 != sent_first.g0;
@@

wr@f0@f1(apic, APIC_ICR2, hi)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
wr1@g1(apic, APIC_ICR, lo)

@sent_last disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, hi, lo, E, A;
position sent_first.f0;
position sent_first.g0;
position f != {sent_not_alone.f1, ordered.f1};
position g, p;
@@

wr1@g0@g(apic, APIC_ICR, lo)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
\( wr@f0@f(apic, APIC_ICR2, hi) \& A@p \)

// in one expression,
@sent_at_once disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write};
expression apic, A, E0, E, hi, lo;
position f, g, p;
binary operator b;
@@

  \( E0 \& <+... wr1@g(apic, APIC_ICR, lo) ...+> \) b \( <+... \( wr@f(apic, APIC_ICR2, hi) \& A@p \) ...+> \& E \)

// or with ICR's number in a variable.
@sent_variable disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression as_icr.apic, as_icr.reg, hi, lo, A, E;
position as_icr.f0;
position f != {ordered.f1};
position g != {ordered.g1};
position p;
@@

wr1@g(apic, reg, lo)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\|reg\), ...)
    when != reg = E
    when != apic = E
\( wr@f0@f(apic, APIC_ICR2, hi) \& A@p \)

// ---- ICR is stored before ICR2 is written

@stored_pair disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, hi, lo, A;
position f != {
	apart_then.k, apart_else.k, apart_after.k, reset.k, reset_back.k, pair.f0};
position g != pair.g0;
position p;
@@

wr1@g(apic, APIC_ICR, lo);
\( wr@f(apic, APIC_ICR2, hi) \& A@p \);

// The first two writes of the function, unless ICR follows once more.
@stored_first disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr, commeq, commneq, drop_else, neg_if_exp,
	ret, braces2, paren exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr4 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier fn;
expression apic, hi, lo, E;
position f0 != pair.f0;
position g0 != pair.g0;
@@

fn(...) {
... when != wr4(apic, \(APIC_ICR2\|APIC_ICR\), ...)
wr1@g0(apic, APIC_ICR, lo)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
wr@f0(apic, APIC_ICR2, hi)
... when any
}

@stored_not_alone disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, hi, lo, E;
position stored_first.f0;
position f1;
position g1 != stored_first.g0;
@@

wr@f0@f1(apic, APIC_ICR2, hi)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
wr1@g1(apic, APIC_ICR, lo)

@stored_last disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, hi, lo, E, A;
position stored_first.f0;
position stored_first.g0;
position f != {
	apart_then.k, apart_else.k, apart_after.k, reset.k, reset_back.k,
	stored_not_alone.f1, ordered.f1};
position g, p;
@@

wr1@g0@g(apic, APIC_ICR, lo)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
\( wr@f0@f(apic, APIC_ICR2, hi) \& A@p \)

@stored_variable disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression as_icr.apic, as_icr.reg, hi, lo, A, E;
position as_icr.f0;
position f != {
	apart_then.k, apart_else.k, apart_after.k, reset.k, reset_back.k, ordered.f1};
position g != {ordered.g1};
position p;
@@

wr1@g(apic, reg, lo)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\|reg\), ...)
    when != reg = E
    when != apic = E
\( wr@f0@f(apic, APIC_ICR2, hi) \& A@p \)

// ---- ICR2, then ICR

@at_once disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, A, E0, E, hi, lo;
position f != {apart_then.k, apart_else.k, apart_after.k, reset.k, reset_back.k};
position g, p;
binary operator b;
@@

  \( E0 \& <+... \( wr@f(apic, APIC_ICR2, hi) \& A@p \) ...+> \) b \( <+... wr1@g(apic, APIC_ICR, lo) ...+> \& E \)

@variable disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression as_icr.apic, as_icr.reg, hi, lo, A, E;
position as_icr.f0;
position f != {
	apart_then.k, apart_else.k, apart_after.k, reset.k, reset_back.k, sent_pair.f,
	sent_round.f, sent_two.f, sent_two_more.f, sent_halves.f, sent_last.f,
	sent_at_once.f, sent_variable.f, stored_pair.f, stored_last.f,
	stored_variable.f, at_once.f};
position p, g;
@@

\( wr@f0@f(apic, APIC_ICR2, hi) \& A@p \)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\|reg\), ...)
    when != reg = E
    when != apic = E
wr1@g(apic, \(APIC_ICR\|reg\), lo)

@fixed disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr3 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression apic, hi, lo, A, E;
position f != {
	apart_then.k, apart_else.k, apart_after.k, reset.k, reset_back.k, sent_pair.f,
	sent_round.f, sent_two.f, sent_two_more.f, sent_halves.f, sent_last.f,
	sent_at_once.f, sent_variable.f, stored_pair.f, stored_last.f,
	stored_variable.f, at_once.f, ordered.f1};
position p, g;
@@

\( wr@f(apic, APIC_ICR2, hi) \& A@p \)
... when != wr3(apic, \(APIC_ICR2\|APIC_ICR\), ...)
    when != apic = E
wr1@g(apic, APIC_ICR, lo)

// ---- what is printed

@depends on context@
identifier fn;
position p = {
	stored_pair.f, stored_pair.g, stored_last.f, stored_last.g, stored_variable.f,
	stored_variable.g, at_once.f, at_once.g, variable.f, variable.g, fixed.f,
	fixed.g};
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
        yield p, "the 64-bit ICR is written as two 32-bit registers, ICR2 and ICR" + where
    sites.clear()

@script:python depends on report || org@
p << stored_pair.p;
o << stored_pair.g;
@@

note(p, o)

@script:python depends on report || org@
p << stored_last.p;
o << stored_last.g;
@@

note(p, o)

@script:python depends on report || org@
p << stored_variable.p;
o << stored_variable.g;
@@

note(p, o)

@script:python depends on report || org@
p << at_once.p;
o << at_once.g;
@@

note(p, o)

@script:python depends on report || org@
p << variable.p;
o << variable.g;
@@

note(p, o)

@script:python depends on report || org@
p << fixed.p;
o << fixed.g;
@@

note(p, o)

@script:python depends on report && (stored_pair || stored_last || stored_variable || at_once || variable || fixed)@
@@

for p, message in messages():
    coccilib.report.print_report(p, message)

@script:python depends on org && (stored_pair || stored_last || stored_variable || at_once || variable || fixed)@
@@

for p, message in messages():
    coccilib.org.print_todo(p, message)

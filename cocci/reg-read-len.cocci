// SPDX-License-Identifier: GPL-2.0-only
/// kvm_lapic_reg_read() of many kernels refuses a length that goes past the 32
/// bits of a register: it returns an error and leaves the value as it was.
/// Find calls that ask it for 8 bytes, as for the 64-bit ICR of an x2APIC, and
/// that hence get nothing at all.
///
/// Silent where the function is not seen, or where its definition has no such
/// test or knows of 8 bytes.
///
// Confidence: High
// Copyright: (C) the icrfix authors. GPL-2.0-only
// Comments: the definition (arch/x86/kvm/lapic.c) has to be looked at together
//           with the caller, which coccicheck does for calls in the same file.
// Options: --no-includes --include-headers

virtual patch
virtual context
virtual org
virtual report

// ---- the definition

// What goes past 4 bytes is refused (isomorphisms are off but the one for
// "static"),
@refuses disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr, commeq, commneq, drop_else, neg_if_exp,
	ret, braces2, paren exists@
identifier rd = {kvm_lapic_reg_read, apic_reg_read};
typedef u32;
identifier len, l;
expression E;
type T;
@@

rd(..., T len, ...) {
... when any
(
if (\( E + len > 4 \| (E + len) > 4 \| len + E > 4 \| (len + E) > 4 \| len > 4 \| len != 4
    \| E + len > sizeof(u32) \| len > sizeof(u32) \)) {
... when any
\( return ...; \| goto l; \)
}
|
if (\( E + len > 4 \| (E + len) > 4 \| len + E > 4 \| (len + E) > 4 \| len > 4 \| len != 4
    \| E + len > sizeof(u32) \| len > sizeof(u32) \))
\( return ...; \| goto l; \)
)
... when any
}

// unless 8 bytes are a case of their own.
@takes disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr, commeq, commneq, drop_else, neg_if_exp,
	ret, braces2, paren exists@
identifier refuses.rd;
typedef u64;
identifier len;
statement S1, S2;
expression E;
type T;
@@

rd(..., T len, ...) {
... when any
(
if (<+... \( len == 8 \| len == sizeof(u64) \| len > 8 \| len <= 8 \| E + len > 8 \) ...+>) S1
|
if (<+... \( len == 8 \| len == sizeof(u64) \| len > 8 \| len <= 8 \| E + len > 8 \) ...+>) S1 else S2
|
switch (len) {
case \( 8 \| sizeof(u64) \):
... when any
}
)
... when any
}

// ---- the calls

@direct depends on !takes disable all exists@
identifier refuses.rd;
typedef s64, __u64, __s64, uint64_t, int64_t;
{u64, s64, __u64, __s64, uint64_t, int64_t, long, unsigned long, long long, unsigned long long} x;
type T, T8 = {u64, s64, __u64, __s64, uint64_t, int64_t, long, unsigned long, long long, unsigned long long};
expression apic, off, val, E1, E2;
position p;
@@

rd@p(apic, off, \( 8 \| (8) \| (T)8 \| 8U \| 8u \| 8UL \| 0x8 \| 5 \| 6 \| 7 \| 12 \| 16 \| 0x10
     \| sizeof(T8) \| sizeof(x) \| sizeof x
     \| E1 ? 8 : E2 \| E1 ? E2 : 8 \| (E1 ? 8 : E2) \| (E1 ? E2 : 8)
     \| E1 ? sizeof(T8) : E2 \| E1 ? sizeof(x) : E2 \), val)

// Through a variable.
@variable depends on !takes disable all exists@
identifier refuses.rd;
typedef s64, __u64, __s64, uint64_t, int64_t;
{u64, s64, __u64, __s64, uint64_t, int64_t, long, unsigned long, long long, unsigned long long} x;
type T8 = {u64, s64, __u64, __s64, uint64_t, int64_t, long, unsigned long, long long, unsigned long long};
idexpression len;
expression apic, off, val, E, E1, E2;
position p;
@@

len = \( 8 \| 8U \| 0x8 \| 16 \| sizeof(T8) \| sizeof(x) \| sizeof x
      \| E1 ? 8 : E2 \| E1 ? E2 : 8 \| (E1 ? 8 : E2) \| (E1 ? E2 : 8)
      \| E1 ? sizeof(T8) : E2 \| E1 ? sizeof(x) : E2 \)
... when != len = E
rd@p(apic, off, len, val)

// ---- what is printed

@depends on context@
identifier fn;
position p = {direct.p, variable.p};
@@

* fn@p(
  ...)

@initialize:python depends on report || org@
@@

sites = {}

def note(p, fn):
    sites[(p[0].file, int(p[0].line), int(p[0].column))] = (p[0], fn)

def messages():
    for key in sorted(sites):
        p, fn = sites[key]
        yield p, "%s() refuses more than 4 bytes here: it fails and the value stays as it was" % fn
    sites.clear()

@script:python depends on report || org@
p << direct.p;
fn << refuses.rd;
@@

note(p, fn)

@script:python depends on report || org@
p << variable.p;
fn << refuses.rd;
@@

note(p, fn)

@script:python depends on report && (direct || variable)@
@@

for p, message in messages():
    coccilib.report.print_report(p, message)

@script:python depends on org && (direct || variable)@
@@

for p, message in messages():
    coccilib.org.print_todo(p, message)

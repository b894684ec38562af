// SPDX-License-Identifier: GPL-2.0-only
/// Find code of KVM that has a 64-bit value for the ICR of an x2APIC and hands
/// only its lower half to a 32-bit write of APIC_ICR, with no write of APIC_ICR2
/// around it: the destination, bits 63:32, is lost.
///
/// Silent where APIC_ICR2 is written before or after on some path (see
/// icr-split-write and icr-write-order), where the upper half goes elsewhere,
/// where the whole register is written too, and where the APIC is not in x2APIC
/// mode.
///
// Confidence: Moderate
// Copyright: (C) the icrfix authors. GPL-2.0-only
// Comments: values have 64 bits that come as a parameter of such a type, or that
//           a variable of such a type got from a member, through a 64-bit
//           pointer, from a shift or from a function that reads 64 bits.
// Options: --no-includes --include-headers

virtual patch
virtual context
virtual org
virtual report

// ---- a write of what has 64 bits

// The value is a parameter,
@given disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr, commeq, commneq, drop_else, neg_if_exp,
	ret, braces2, paren exists@
typedef u64, s64, __u64, uint64_t;
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
type T = {u64, s64, __u64, uint64_t, unsigned long long};
type T1;
identifier fn, D;
expression apic, E, E1;
position f;
@@

fn(..., T D, ...) {
... when != D = E
    when any
wr@f(apic, APIC_ICR, \( D \| (T1)D \| (T1)(D) \| lower_32_bits(D) \| D & E1 \| (T1)(D & E1) \))
... when any
}

// or what one points to,
@pointed disable all exists@
typedef u64, s64, __u64, uint64_t;
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
{u64 *, s64 *, __u64 *, uint64_t *} D;
type T1;
expression apic;
position f;
@@

wr@f(apic, APIC_ICR, \( *D \| (T1)*D \| (T1)(*D) \| lower_32_bits(*D) \))

// or a variable that got 64 bits,
@variable disable all exists@
typedef u64, s64, __u64, uint64_t;
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier get64 = {kvm_lapic_get_reg64, __kvm_lapic_get_reg64, apic_get_reg64, kvm_x2apic_icr_read,
	kvm_read_edx_eax};
identifier by = {kvm_lapic_msr_read, kvm_x2apic_msr_read, kvm_hv_vapic_msr_read, kvm_get_msr, memcpy};
identifier m;
{u64, s64, __u64, uint64_t, unsigned long long} D;
type T1, T2;
expression apic, E, E1, E2;
position f;
@@

(
D = \( get64(...) \| E1->m \| E1.m \| *(T2 *)E1 \| *((T2 *)E1) \| \( <+... E1 << 32 ...+> \& E2 \) \)
|
by(..., &D, ...)
)
... when != D = E
wr@f(apic, APIC_ICR, \( D \| (T1)D \| (T1)(D) \| lower_32_bits(D) \| D & E1 \| (T1)(D & E1) \))

// or a function's result.
@at_once disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier get64 = {kvm_lapic_get_reg64, __kvm_lapic_get_reg64, apic_get_reg64, kvm_x2apic_icr_read,
	kvm_read_edx_eax};
type T1;
expression apic;
position f;
@@

wr@f(apic, APIC_ICR, \( get64(...) \| (T1)get64(...) \| lower_32_bits(get64(...)) \))

// The same through one more variable.
@copied_parameter disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, braces0, braces1, braces3, braces4,
	ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr, commeq, commneq, drop_else, neg_if_exp,
	ret, braces2, paren exists@
typedef u64, s64, __u64, uint64_t;
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
type T = {u64, s64, __u64, uint64_t, unsigned long long};
type T1;
identifier fn, D;
idexpression x;
expression apic, E, E1, E3;
position f;
@@

fn(..., T D, ...) {
... when != D = E
    when any
x = \( D \| (T1)D \| (T1)(D) \| lower_32_bits(D) \| D & E1 \| (T1)(D & E1) \)
... when != x = E3
wr@f(apic, APIC_ICR, x)
... when any
}

@copied_variable disable all exists@
typedef u64, s64, __u64, uint64_t;
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier get64 = {kvm_lapic_get_reg64, __kvm_lapic_get_reg64, apic_get_reg64, kvm_x2apic_icr_read,
	kvm_read_edx_eax};
identifier by = {kvm_lapic_msr_read, kvm_x2apic_msr_read, kvm_hv_vapic_msr_read, kvm_get_msr, memcpy};
identifier m;
{u64, s64, __u64, uint64_t, unsigned long long} D;
type T1, T2;
idexpression x;
expression apic, E, E1, E2, E3;
position f;
@@

(
D = \( get64(...) \| E1->m \| E1.m \| *(T2 *)E1 \| *((T2 *)E1) \| \( <+... E1 << 32 ...+> \& E2 \) \)
|
by(..., &D, ...)
)
... when != D = E
x = \( D \| (T1)D \| (T1)(D) \| lower_32_bits(D) \| D & E1 \| (T1)(D & E1) \)
... when != x = E3
wr@f(apic, APIC_ICR, x)

// ---- where it is not lost

// ICR2 is written before or after, or the whole register is.
@before depends on given || pointed || variable || at_once || copied_parameter || copied_variable disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr64 = {kvm_lapic_set_reg64, __kvm_lapic_set_reg64, apic_set_reg64, kvm_lapic_reg_write64,
	kvm_lapic_msr_write};
identifier icr64 = {kvm_x2apic_icr_write};
position k;
@@

\( wr1(..., APIC_ICR2, ...) \| wr64(..., APIC_ICR, ...) \| icr64(...) \)
...
wr@k(...)

@after depends on given || pointed || variable || at_once || copied_parameter || copied_variable disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr1 = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier wr64 = {kvm_lapic_set_reg64, __kvm_lapic_set_reg64, apic_set_reg64, kvm_lapic_reg_write64,
	kvm_lapic_msr_write};
identifier icr64 = {kvm_x2apic_icr_write};
position k;
@@

wr@k(...)
...
\( wr1(..., APIC_ICR2, ...) \| wr64(..., APIC_ICR, ...) \| icr64(...) \)

// The upper half goes elsewhere, other than to an IPI that is sent at once.
@upper depends on given || pointed || variable || at_once || copied_parameter || copied_variable disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
identifier to != {kvm_apic_send_ipi};
expression D, x, E1;
position k;
@@

(
x = \( <+... D >> 32 ...+> \& E1 \)
|
to(..., <+... \( D >> 32 \| upper_32_bits(D) \) ...+>, ...)
)
...
wr@k(...)

// The APIC is not in x2APIC mode: in the branch of a test that says so,
@xapic_then depends on given || pointed || variable || at_once || copied_parameter || copied_variable
	disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression E1, E2, apic;
statement S;
position k;
@@

if (\( (!apic_x2apic_mode(E1))
    \| (!apic_x2apic_mode(E1)) && E2
    \| E2 && (!apic_x2apic_mode(E1))
    \)) {
... when any
wr@k(apic, APIC_ICR, ...)
... when any
} else S

// in the else of one, or an else if there,
@xapic_else depends on given || pointed || variable || at_once || copied_parameter || copied_variable
	disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression E1, E2, apic;
statement S;
position k;
@@

if (\( (apic_x2apic_mode(E1))
    \| (apic_x2apic_mode(E1)) || E2
    \| E2 || (apic_x2apic_mode(E1))
    \)) S else {
... when any
wr@k(apic, APIC_ICR, ...)
... when any
}

@xapic_else_if depends on given || pointed || variable || at_once || copied_parameter || copied_variable
	disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression E1, E2, E3, apic;
statement S, S2;
position k;
@@

if (\( (apic_x2apic_mode(E1))
    \| (apic_x2apic_mode(E1)) || E2
    \| E2 || (apic_x2apic_mode(E1))
    \)) S else if (E3) {
... when any
wr@k(apic, APIC_ICR, ...)
... when any
} else S2

@xapic_else_else depends on given || pointed || variable || at_once || copied_parameter || copied_variable
	disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression E1, E2, E3, apic;
statement S, S2;
position k;
@@

if (\( (apic_x2apic_mode(E1))
    \| (apic_x2apic_mode(E1)) || E2
    \| E2 || (apic_x2apic_mode(E1))
    \)) S else if (E3) S2 else {
... when any
wr@k(apic, APIC_ICR, ...)
... when any
}

// or after one whose branch leaves.
@xapic_after depends on given || pointed || variable || at_once || copied_parameter || copied_variable
	disable not_int1, not_int2, not_ptr1, not_ptr2, is_zero, isnt_zero, is_null, isnt_null1, drop_cast,
	bitor_comm, bitand_comm, plus_comm, mult_comm, plus_assoc, minus_assoc, plus_minus_assoc1,
	plus_minus_assoc2, times_assoc, div_assoc, times_div_assoc1, times_div_assoc2, gtr_lss,
	gtr_lss_eq, inc, for_inc, unlikely, bsd_branch_pred, zero_multiple_format, neg_if, ne_if,
	decl_init, extern_decl_init, static_decl_init, ptr_to_array, mkinit, fld_to_ptr, sizeof_type_expr exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression E1, E2, apic;
identifier l;
position k;
@@

if (\( (apic_x2apic_mode(E1))
    \| (apic_x2apic_mode(E1)) || E2
    \| E2 || (apic_x2apic_mode(E1))
    \)) {
...
\( return ...; \| goto l; \| break; \| continue; \)
}
... when any
wr@k(apic, APIC_ICR, ...)

// ---- what is left

@found_given disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression A;
position given.f;
position f0 != {before.k, after.k, upper.k, xapic_then.k, xapic_else.k, xapic_else_if.k,
	xapic_else_else.k, xapic_after.k};
position p;
@@

\( wr@f@f0(...) \& A@p \)

@found_pointed disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression A;
position pointed.f;
position f0 != {before.k, after.k, upper.k, xapic_then.k, xapic_else.k, xapic_else_if.k,
	xapic_else_else.k, xapic_after.k};
position p;
@@

\( wr@f@f0(...) \& A@p \)

@found_variable disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression A;
position variable.f;
position f0 != {before.k, after.k, upper.k, xapic_then.k, xapic_else.k, xapic_else_if.k,
	xapic_else_else.k, xapic_after.k};
position p;
@@

\( wr@f@f0(...) \& A@p \)

@found_at_once disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression A;
position at_once.f;
position f0 != {before.k, after.k, upper.k, xapic_then.k, xapic_else.k, xapic_else_if.k,
	xapic_else_else.k, xapic_after.k};
position p;
@@

\( wr@f@f0(...) \& A@p \)

@found_copied_parameter disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression A;
position copied_parameter.f;
position f0 != {before.k, after.k, upper.k, xapic_then.k, xapic_else.k, xapic_else_if.k,
	xapic_else_else.k, xapic_after.k};
position p;
@@

\( wr@f@f0(...) \& A@p \)

@found_copied_variable disable all exists@
identifier wr = {kvm_lapic_reg_write, apic_reg_write, kvm_lapic_set_reg, __kvm_lapic_set_reg, apic_set_reg};
expression A;
position copied_variable.f;
position f0 != {before.k, after.k, upper.k, xapic_then.k, xapic_else.k, xapic_else_if.k,
	xapic_else_else.k, xapic_after.k};
position p;
@@

\( wr@f@f0(...) \& A@p \)

// ---- what is printed

@depends on context@
identifier fn;
position p = {
	found_given.f0, found_pointed.f0, found_variable.f0, found_at_once.f0,
	found_copied_parameter.f0, found_copied_variable.f0};
@@

* fn@p(
  ...)

@initialize:python depends on report || org@
@@

sites = {}

def note(p):
    sites[(p[0].file, int(p[0].line), int(p[0].column))] = p[0]

def messages():
    for key in sorted(sites):
        yield sites[key], "the lower half of a 64-bit value is written to ICR, its destination is lost"
    sites.clear()

@script:python depends on report || org@
p << found_given.p;
@@

note(p)

@script:python depends on report || org@
p << found_pointed.p;
@@

note(p)

@script:python depends on report || org@
p << found_variable.p;
@@

note(p)

@script:python depends on report || org@
p << found_at_once.p;
@@

note(p)

@script:python depends on report || org@
p << found_copied_parameter.p;
@@

note(p)

@script:python depends on report || org@
p << found_copied_variable.p;
@@

note(p)

@script:python depends on report && (found_given || found_pointed || found_variable || found_at_once || found_copied_parameter || found_copied_variable)@
@@

for p, message in messages():
    coccilib.report.print_report(p, message)

@script:python depends on org && (found_given || found_pointed || found_variable || found_at_once || found_copied_parameter || found_copied_variable)@
@@

for p, message in messages():
    coccilib.org.print_todo(p, message)

// SPDX-License-Identifier: GPL-2.0-only
/// A register of the local APIC that is 64 bits wide, the ICR of an x2APIC, is
/// read and written on the register page by one pair of functions
/// (kvm_lapic_get_reg64() and kvm_lapic_set_reg64()).  Find code that casts the
/// page's address to a 64-bit type on its own, at APIC_ICR or at an offset that
/// is a variable.
///
/// Silent at other registers: pairs of the vector registers may be read at once.
///
// Confidence: High
// Copyright: (C) the icrfix authors. GPL-2.0-only
// Comments: the page is what is called "regs", or a variable that it was
//           assigned to.
// Options: --no-includes --include-headers

virtual patch
virtual context
virtual org
virtual report

// An address on the page is given a 64-bit type,
@cast disable all exists@
typedef u64, s64, __u64, __s64, uint64_t, int64_t;
type T = {u64 *, s64 *, __u64 *, __s64 *, uint64_t *, int64_t *, const u64 *, volatile u64 *};
type T1;
local idexpression i;
identifier m;
symbol regs;
expression E1, E2, A;
position p;
@@

\( \( (T)(\( E1->regs \| regs \| (T1)E1->regs \| (T1)regs \)
	  + \( APIC_ICR \| i \| (i) \| i & E2 \| (i & E2) \| E2->m \| E2.m \| (E2 << 4) \))
   \| (T)&\( E1->regs \| regs \)[\( APIC_ICR \| i \| i & E2 \)]
   \| ((T)\( E1->regs \| regs \))[<+... \( APIC_ICR \| i \) ...+>]
   \) \& A@p \)

// or is assigned to a pointer of such a type,
@pointer disable all exists@
typedef u64, s64, __u64, __s64, uint64_t, int64_t;
{u64 *, s64 *, __u64 *, __s64 *, uint64_t *, int64_t *} x;
local idexpression i;
identifier m;
symbol regs;
expression E1, E2, A;
position p;
@@

x = \( \( E1->regs + \( APIC_ICR \| i \| (i & E2) \| E2->m \| E2.m \| (E2 << 4) \)
       \| regs + \( APIC_ICR \| i \| (i & E2) \| E2->m \| E2.m \| (E2 << 4) \)
       \) \& A@p \)

// or 8 bytes are copied from or to it.
@copy disable all exists@
typedef u64, s64, __u64, __s64, uint64_t, int64_t;
type T = {u64, s64, __u64, __s64, uint64_t, int64_t};
{u64, s64, __u64, __s64, uint64_t, int64_t} x;
local idexpression i;
identifier m;
symbol regs;
expression E, E1, E2;
position p;
@@

(
memcpy@p(\( E1->regs \| regs \)
	 + \( APIC_ICR \| i \| (i & E2) \| E2->m \| E2.m \| (E2 << 4) \),
	 E, \( 8 \| sizeof(T) \| sizeof(x) \| sizeof x \))
|
memcpy@p(E,
	 \( E1->regs \| regs \)
	 + \( APIC_ICR \| i \| (i & E2) \| E2->m \| E2.m \| (E2 << 4) \),
	 \( 8 \| sizeof(T) \| sizeof(x) \| sizeof x \))
)

// The page in a variable of another name.
@page disable all exists@
typedef u64, s64, __u64, __s64, uint64_t, int64_t;
type T = {u64 *, s64 *, __u64 *, __s64 *, uint64_t *, int64_t *, const u64 *, volatile u64 *};
type T1;
local idexpression i, page;
identifier m;
symbol regs;
expression E, E1, E2, A;
position p;
@@

page = \( E1->regs \| (T1)E1->regs \)
... when != page = E
\( (T)(page + \( APIC_ICR \| i \| (i) \| i & E2 \| (i & E2) \| E2->m \| E2.m \| (E2 << 4) \)) \& A@p \)

// ---- what is printed

@depends on context@
expression A;
position p = {cast.p, pointer.p, page.p};
@@

* A@p

@depends on context@
identifier fn;
position copy.p;
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
        yield sites[key], "a register that can be the 64-bit ICR is accessed on the page by itself"
    sites.clear()

@script:python depends on report || org@
p << cast.p;
@@

note(p)

@script:python depends on report || org@
p << pointer.p;
@@

note(p)

@script:python depends on report || org@
p << copy.p;
@@

note(p)

@script:python depends on report || org@
p << page.p;
@@

note(p)

@script:python depends on report && (cast || pointer || copy || page)@
@@

for p, message in messages():
    coccilib.report.print_report(p, message)

@script:python depends on org && (cast || pointer || copy || page)@
@@

for p, message in messages():
    coccilib.org.print_todo(p, message)

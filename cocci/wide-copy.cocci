// SPDX-License-Identifier: GPL-2.0-only
/// Find a 64-bit local that is only there so that its low half can be copied to
/// a 32-bit local, which another path fills otherwise.  When the 32-bit one is
/// made 64 bits wide, the other is not needed.
///
/// Silent where the 64-bit one is used for anything else but its halves, and
/// where its high half is kept as well.
///
// Confidence: Moderate
// Copyright: (C) the icrfix authors. GPL-2.0-only
// Comments: one report per copy.  Uses are counted, which takes Python in
//           context mode too.
// Options: --no-includes --include-headers

virtual patch
virtual context
virtual org
virtual report

// The 32-bit one is filled by a call,
@filled disable all exists@
typedef u32;
local idexpression u32 val;
identifier f;
position p;
@@

f(..., &val@p, ...)

// each use of a 64-bit one,
@use disable all exists@
typedef u64;
local idexpression u64 wide;
position p;
@@

wide@p

// those of its halves that are not kept,
@half disable all exists@
typedef u32;
local idexpression u32 val;
local idexpression u64 wide;
identifier f;
position p;
@@

(
val = (u32)wide@p
|
val = (u32)(wide@p)
|
val = wide@p
|
f(..., \( (u32)(wide@p >> 32) \| wide@p >> 32 \), ...)
)

// and the copy.
@copy disable all exists@
local idexpression u32 val;
identifier wide;
expression E;
position p;
@@

u64 wide = E;
...
\( val@p = (u32)wide \| val@p = (u32)(wide) \| val@p = wide \)

// ---- count

@initialize:python depends on context || report || org@
@@

filled = set()
others = {}

def key(p, name):
    return (p.file, p.current_element, name)

def place(p):
    return (int(p.line), int(p.column))

@script:python depends on context || report || org@
p << filled.p;
val << filled.val;
@@

filled.add(key(p[0], val))

@script:python depends on context || report || org@
p << use.p;
wide << use.wide;
@@

others.setdefault(key(p[0], wide), set()).add(place(p[0]))

@script:python depends on context || report || org@
p << half.p;
wide << half.wide;
@@

others[key(p[0], wide)].discard(place(p[0]))

@script:python depends on context || report || org@
p << copy.p;
val << copy.val;
wide << copy.wide;
@@

if key(p[0], val) not in filled or others.get(key(p[0], wide)):
    cocci.include_match(False)

// ---- what is printed

@depends on context@
local idexpression u32 copy.val;
position copy.p;
@@

* val@p

@script:python depends on report@
p << copy.p;
val << copy.val;
wide << copy.wide;
@@

coccilib.report.print_report(p[0], "%s holds no more than %s could hold itself as a u64" % (wide, val))

@script:python depends on org@
p << copy.p;
val << copy.val;
wide << copy.wide;
@@

coccilib.org.print_todo(p[0], "%s holds no more than %s could hold itself as a u64" % (wide, val))

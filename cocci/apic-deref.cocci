// SPDX-License-Identifier: GPL-2.0-only
/// Find functions that take the local APIC out of a vCPU, vcpu->arch.apic, three
/// times or more.  A local variable for it is easier to read.
///
/// Silent where a local variable holds it already, and in functions that store
/// it.
///
// Confidence: Moderate
// Copyright: (C) the icrfix authors. GPL-2.0-only
// Comments: one report per function and vCPU, at the first use.  Uses are
//           counted, which takes Python in context mode too.
// Options: --no-includes --include-headers

virtual patch
virtual context
virtual org
virtual report

// Kept in a local, or stored here.
@held disable all exists@
local idexpression x;
expression E, E1, A;
position p;
@@

(
x = \( \( E->arch.apic \| E.arch.apic \) \& A@p \)
|
\( \( E->arch.apic \| E.arch.apic \) \& A@p \) = E1
)

@use disable all exists@
expression E, A;
position p;
@@

\( \( E->arch.apic \| E.arch.apic \) \& A@p \)

// ---- count

@initialize:python depends on context || report || org@
@@

kept = set()
uses = {}
told = []

def key(p, vcpu):
    return (p.file, p.current_element, vcpu)

@script:python depends on context || report || org@
p << held.p;
E << held.E;
@@

kept.add(key(p[0], E))

@script:python depends on context || report || org@
p << use.p;
E << use.E;
@@

uses.setdefault(key(p[0], E), {})[(int(p[0].line), int(p[0].column))] = p[0]

@script:python depends on context || report || org@
p << use.p;
E << use.E;
@@

if key(p[0], E) in kept or len(uses[key(p[0], E)]) < 3:
    cocci.include_match(False)

// ---- what is printed

@depends on context@
expression A;
position use.p;
@@

* A@p

@script:python depends on report || org@
p << use.p;
E << use.E;
@@

sites = uses.pop(key(p[0], E), None)
if sites:
    first = min(sites)
    lines = sorted(set(line for line, column in sites) - {first[0]})
    message = "the local APIC is taken out of %s %d times, a local variable would do" % (E, len(sites))
    if lines:
        message += " (with line%s %s)" % ("s" if len(lines) > 1 else "", ", ".join(map(str, lines)))
    told.append((sites[first], message))

@script:python depends on report@
@@

while told:
    coccilib.report.print_report(*told.pop(0))

@script:python depends on org@
@@

while told:
    coccilib.org.print_todo(*told.pop(0))

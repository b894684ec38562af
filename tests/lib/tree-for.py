#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
#
# tree-for.py DIR MBOX - make files to which the patches of an mbox apply one
# after the other: what a hunk wants to see and no earlier patch has written is
# put into the base, filler between.
import os
import re
import sys

top, mbox = sys.argv[1:]
base = {}       # path -> {line: text}
now = {}        # path -> for each line its number in the base, or None if added


def hunk(path, at, old, add, lines):
    """Apply one hunk at index AT; returns by how much the file grew."""
    state = now.setdefault(path, list(range(1, 30000)))
    first, grown = at, add - old
    while old or add:
        line = next(lines)
        kind = chr(line[0]) if line else " "
        if kind in " -":
            old -= 1
            if state[at] is not None:
                base.setdefault(path, {}).setdefault(state[at], line[1:])
        if kind in " +":
            add -= 1
        if kind == " ":
            at += 1
        elif kind == "-":
            del state[at]
        elif kind == "+":
            state.insert(at, None)
            at += 1
    assert at >= first
    return grown


def patches(text):
    path, grown, added = None, 0, set()
    lines = iter(text.split(b"\n"))
    for line in lines:
        if line.startswith(b"--- ") and not line[4:5].isspace():
            old_name = line
        if line.startswith(b"+++ "):
            path, grown = line[6:].split(b"\t")[0].decode(), 0
            if old_name == b"--- /dev/null":
                added.add(path)
                now[path] = []
        m = re.match(rb"@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@", line)
        if not m:
            continue
        start, old, add = int(m[1]), int(m[2] or 1), int(m[3] or 1)
        grown += hunk(path, max(start - 1, 0) + grown, old, add, lines)
        if path in added:
            base.pop(path, None)


patches(open(mbox, "rb").read())
for path, lines in base.items():
    name = os.path.join(top, path)
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "wb") as out:
        for n in range(1, max(lines) + 20):
            out.write(lines.get(n, b"filler %d" % n) + b"\n")

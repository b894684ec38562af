#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
#
# apply-cases.py KERNELS DIR - cases for tests/apply.t, made of what differs
# between the kernel trees in the repository KERNELS, the same at every run.
#
# DIR/target.git gets a branch case-N for each: the tree to apply to, and where
# the case wants it the blobs of the patch's index lines.  DIR/N.mbox is the
# patch or series.  A line of DIR/list is N, "merge" or "plain" (git am with -3
# or without it), which outcomes its class must have among others, and the
# class.
import base64
import os
import quopri
import random
import re
import subprocess
import sys

kernels, top = sys.argv[1:]
versions = ["linux-5.10.y", "linux-6.1.y", "linux-6.12.y"]
kvm = "arch/x86/kvm/"
FILE, EXEC, LINK = "100644", "100755", "120000"
classes = []


def git(repo, *args, data=None):
    return subprocess.run(["git", "--git-dir=" + repo, *args], input=data, check=True,
                          stdout=subprocess.PIPE).stdout


def read_files():
    """path -> three texts, of the files that all trees have and that are not tiny."""
    sizes = {}
    for v in versions:
        for line in git(kernels, "ls-tree", "-r", "-l", v, kvm).decode().splitlines():
            _, _, _, size, path = line.split(None, 4)
            sizes.setdefault(path, []).append(int(size))
    names = sorted(p for p, s in sizes.items() if len(s) == 3 and min(s) > 4000)
    return {p: [git(kernels, "show", v + ":" + p) for v in versions] for p in names}


def read_hunks(a, b, path):
    """What changes from one tree to another, as (first line, lines, new lines)."""
    out, text = [], git(kernels, "diff", "-U0", versions[a], versions[b], "--", path)
    for line in text.split(b"\n"):
        m = re.match(rb"@@ -(\d+)(?:,(\d+))? ", line)
        if m:
            n = int(m[2] or 1)
            out.append((int(m[1]) - (n > 0), n, []))
        elif out and line.startswith(b"+"):
            out[-1][2].append(line[1:] + b"\n")
    return out


files = read_files()
hunks_of = {}


def pick(rnd, n=1, at_least=4):
    """A file, the version it is taken from, and N of its changes, one near the other."""
    while True:
        path, a, b = rnd.choice(sorted(files)), *rnd.sample(range(3), 2)
        if (path, a, b) not in hunks_of:
            hunks_of[path, a, b] = read_hunks(a, b, path)
        hunks = hunks_of[path, a, b]
        small = [h for h in hunks if h[1] + len(h[2]) < 40]
        if len(small) >= max(n, at_least):
            i = rnd.randrange(len(small) - n + 1)
            return path, a, b, small[i:i + n]


def lines_of(text):
    return text.splitlines(keepends=True) if b"\r" not in text else \
        re.findall(rb"[^\n]*\n|[^\n]+", text)


def changed(text, hunks):
    lines = lines_of(text)
    for first, n, new in reversed(hunks):
        lines[first:first + n] = new
    return b"".join(lines)


def shifted(rnd, text, first):
    """Lines come or go somewhere above line FIRST."""
    lines = lines_of(text)
    for _ in range(rnd.choice([1, 1, 2])):
        at = rnd.randrange(max(first - 6, 1))
        n = rnd.choice([1, 2, 7, 40])
        if rnd.random() < .6:
            lines[at:at] = [b"/* line %d of what is new */\n" % i for i in range(n)]
        else:
            del lines[at:max(at, min(at + n, first - 6))]
    return b"".join(lines)


class Case:
    def __init__(self, target=None, merge=False, blobs=False, opts=()):
        self.target = target
        self.how = "merge" if merge else "plain"
        self.blobs = blobs      # True, False, or "first": of the first patch
        self.steps = []         # (tree before, tree after, options of diff)
        self.opts = list(opts)
        self.edit = lambda diff: diff
        self.encode = lambda body: ([], body)
        self.crlf = False

    def step(self, old, new, *opts):
        self.steps.append((tree(old), tree(new), self.opts + list(opts)))
        return self


def tree(files_of_it):
    """path -> (mode, text), where a text alone is a plain file."""
    return {p: t if isinstance(t, tuple) else (FILE, t) for p, t in files_of_it.items()}


def cases(n, outcomes="applied no"):
    """The decorated function makes a case of its class; it is called N times."""
    def register(make):
        classes.append((make.__doc__, n, outcomes, make))
        return make
    return register


def one_change(rnd, n=1):
    path, a, b, hunks = pick(rnd, n)
    old = files[path][a]
    return path, a, b, hunks, old, changed(old, hunks)


@cases(16, "applied")
def as_it_is(rnd):
    """onto its own tree"""
    path, _, _, _, old, new = one_change(rnd, rnd.choice([1, 1, 3]))
    return Case({path: old}, opts=[rnd.choice(["-U1", "-U3", "-U8"])]).step({path: old}, {path: new})


@cases(50)
def other_tree(rnd):
    """onto another tree"""
    path, a, b, _, old, new = one_change(rnd, rnd.choice([1, 1, 1, 2]))
    return Case({path: files[path][rnd.choice([v for v in range(3) if v != a])]}).step(
        {path: old}, {path: new})


@cases(24)
def moved(rnd):
    """lines above"""
    path, _, _, hunks, old, new = one_change(rnd, rnd.choice([1, 2]))
    target = shifted(rnd, old, hunks[0][0])
    if rnd.random() < .2:       # and it is gone itself
        target = target.replace(old.splitlines(True)[hunks[0][0]], b"")
    return Case({path: target}, opts=[rnd.choice(["-U1", "-U3"])]).step({path: old}, {path: new})


@cases(24)
def other_context(rnd):
    """a line near by"""
    path, _, _, hunks, old, new = one_change(rnd)
    lines = lines_of(old)
    at = hunks[0][0] + rnd.choice([-5, -4, -3, -2, -1, hunks[0][1], hunks[0][1] + 1,
                                   hunks[0][1] + 2, hunks[0][1] + 3, hunks[0][1] + 4])
    lines[max(0, min(at, len(lines) - 1))] = b"\tsomething_else();\n"
    return Case({path: b"".join(lines)}).step({path: old}, {path: new})


def blocks(rnd, n):
    body = [b"static int same(struct it *it)\n", b"{\n", b"\tint i = 0;\n", b"\n",
            b"\tcall(it, i);\n", b"\treturn i;\n", b"}\n", b"\n"]
    lines = []
    for _ in range(n):
        lines += body
        if rnd.random() < .2:
            lines.append(b"/* %d */\n" % rnd.randrange(3))
    return lines


@cases(30)
def repeated(rnd):
    """the same lines many times"""
    n = rnd.randrange(2, 12)
    lines = blocks(rnd, n)
    where = [i for i, line in enumerate(lines) if b"call(" in line]
    new = list(lines)
    for at in sorted(rnd.sample(where, min(len(where), rnd.choice([1, 1, 2, 3]))), reverse=True):
        new[at:at + 1] = [b"\tcall(it, i + 1);\n"] * rnd.choice([1, 2])
    target = blocks(rnd, rnd.randrange(0, n + 3))
    target[:0] = [b"/* new */\n"] * rnd.choice([0, 0, 3, 5, 8, 16])
    del target[:rnd.choice([0, 0, 0, 4, 8, 9])]
    return Case({"same.c": b"".join(target)}, opts=[rnd.choice(["-U1", "-U2", "-U3"])]).step(
        {"same.c": b"".join(lines)}, {"same.c": b"".join(new)})


@cases(16)
def beginning(rnd):
    """at the beginning"""
    path, _, _, _, old, _ = one_change(rnd)
    lines = lines_of(old)
    lines[:rnd.choice([0, 1, 2])] = [b"/* first */\n"] * rnd.choice([1, 2])
    target = [old, b"/* before it */\n" + old, b"".join(lines_of(old)[3:]), b"\n" + old,
              old + b"/* after */\n"][rnd.randrange(5)]
    return Case({path: target}).step({path: old}, {path: b"".join(lines)})


@cases(16)
def end(rnd):
    """at the end"""
    path, _, _, _, old, _ = one_change(rnd)
    lines = lines_of(old)
    lines[len(lines) - rnd.choice([0, 1, 2]):] = [b"/* last */\n"] * rnd.choice([0, 1, 2, 3])
    if rnd.random() < .2:
        lines.append(b"/* last */\n")
    target = [old, b"/* before it */\n" + old, b"".join(lines_of(old)[:-1]), old + b"\n",
              old + b"/* after */\n"][rnd.randrange(5)]
    return Case({path: target}).step({path: old}, {path: b"".join(lines) + b"/* more */\n"})


@cases(20)
def no_newline(rnd):
    """no newline at the end"""
    path, _, _, _, old, _ = one_change(rnd)
    lines = lines_of(old)[-30:]
    old = b"".join(lines)
    new = list(lines)
    new[rnd.choice([-1, -1, -2, -3, -4])] = b"/* other */\n"
    new = b"".join(new)
    cut = rnd.randrange(3)
    if cut != 1:
        old = old[:-1]
    if cut != 2:
        new = new[:-1]
    target = rnd.choice([old, old, old.rstrip(b"\n"), old.rstrip(b"\n") + b"\n",
                         b"/* above */\n" + old, old.rstrip(b"\n") + b" \n/* below */\n"])
    return Case({path: target}).step({path: old}, {path: new})


def in_base64(body):
    return ["Content-Transfer-Encoding: base64"], base64.encodebytes(body)


def in_qp(body):
    text = quopri.encodestring(body.replace(b"\r", b"\0"), quotetabs=False)
    return ["Content-Transfer-Encoding: quoted-printable"], text.replace(b"=00", b"=0D")


@cases(20)
def crlf_file(rnd):
    """a file with CRLF"""
    path, _, _, hunks, old, new = one_change(rnd)
    old, new = old.replace(b"\n", b"\r\n"), new.replace(b"\n", b"\r\n")
    target = rnd.choice([old, old, shifted(rnd, old, hunks[0][0]), old.replace(b"\r", b"")])
    case = Case({path: target}).step({path: old}, {path: new})
    case.encode = rnd.choice([in_base64, in_qp, in_base64, case.encode])
    if case.encode not in (in_base64, in_qp):
        case.how = "keep-cr"
    return case


@cases(12)
def crlf_mail(rnd):
    """a mail with CRLF"""
    path, a, _, hunks, old, new = one_change(rnd)
    target = rnd.choice([old, old, files[path][(a + 1) % 3], old.replace(b"\n", b"\r\n")])
    case = Case({path: target}).step({path: old}, {path: new})
    case.crlf = True
    return case


@cases(12)
def encoded_mail(rnd):
    """a mail in quoted-printable or base64"""
    path, a, _, _, old, new = one_change(rnd)
    case = Case({path: files[path][rnd.choice([a, a, (a + 1) % 3])]}).step({path: old}, {path: new})
    case.encode = rnd.choice([in_base64, in_qp])
    return case


@cases(20)
def new_file(rnd):
    """a new file"""
    path, _, _, _, text, _ = one_change(rnd)
    new = rnd.choice([path, kvm + "new/deeper/x.c", "at-the-top.c"])
    text = rnd.choice([text, text, b"", text[:-1]])
    target = {kvm + "other.c": b"other\n"}
    there = rnd.randrange(4)
    if there == 0:
        target[new] = b"there\n"
    elif there == 1:
        target[new + "/x"] = b"in a directory of that name\n"
    return Case(target).step({kvm + "other.c": b"other\n"},
                             {kvm + "other.c": b"other\n", new: (rnd.choice([FILE, EXEC]), text)})


@cases(20)
def deleted_file(rnd):
    """a deleted file"""
    path, a, _, _, old, new = one_change(rnd)
    old = rnd.choice([old, old, b"", old[:-1]])
    target = rnd.choice([{path: old}, {path: old}, {path: (EXEC, old)}, {path: new}, {},
                         {path: old + b"\n"}, {path + "/x": old}])
    target[rnd.choice([kvm + "other.c", "elsewhere.c"])] = b"other\n"
    return Case(target).step({path: old, "k": b"k\n"}, {"k": b"k\n"})


@cases(20)
def renamed_file(rnd):
    """a renamed file"""
    path, a, _, hunks, old, new = one_change(rnd)
    to = rnd.choice([kvm + "renamed.c", "x/y/z.c", path + "/z.c"])
    target = {path: rnd.choice([old, old, shifted(rnd, old, hunks[0][0]), files[path][(a + 1) % 3]])}
    what = rnd.randrange(6)
    if what == 0:
        target[rnd.choice([to, to + "/x"]) if to != path + "/z.c" else "k"] = b"in the way\n"
    elif what == 1:
        target = {"k": b"source is not there\n"}
    return Case(target, opts=["-M"]).step({path: old}, {to: rnd.choice([old, new])})


@cases(16)
def copied_file(rnd):
    """a copied file"""
    path, a, _, _, old, new = one_change(rnd, 2)
    to = kvm + "copy.c"
    half = changed(old, pick_from(rnd, path, a))
    target = {path: rnd.choice([old, old, files[path][(a + 1) % 3]])}
    if rnd.random() < .2:
        target[to] = b"in the way\n"
    return Case(target, opts=["-M", "-C", "--find-copies-harder"]).step(
        {path: old}, {path: rnd.choice([old, half]), to: rnd.choice([old, new])})


def pick_from(rnd, path, a):
    b = rnd.choice([v for v in range(3) if v != a])
    return [rnd.choice(read_hunks(a, b, path) or [(0, 0, [b"/* first */\n"])])]


@cases(20)
def mode_change(rnd):
    """a mode"""
    path, a, _, _, old, new = one_change(rnd)
    text = rnd.choice([old, new])
    modes = rnd.choice([(FILE, EXEC), (EXEC, FILE)])
    target = {path: (rnd.choice([modes[0], modes[1], modes[0], LINK]),
                     rnd.choice([old, files[path][(a + 1) % 3]])[:60 if rnd.random() < .1 else None])}
    if target[path][0] == LINK:
        target[path] = (LINK, b"somewhere")
    if rnd.random() < .15:
        target = {"k": b"k\n"}
    return Case(target).step({path: (modes[0], old)}, {path: (modes[1], text)})


@cases(20)
def link(rnd):
    """a symbolic link"""
    old, new = rnd.choice([({"l": (LINK, b"to")}, {"l": (LINK, b"elsewhere")}),
                           ({"k": b"k\n"}, {"k": b"k\n", "l": (LINK, b"to")}),
                           ({"k": b"k\n", "l": (LINK, b"to")}, {"k": b"k\n"}),
                           ({"l": (LINK, b"to")}, {"l": b"to\n"}),
                           ({"l": b"a file\n"}, {"l": (LINK, b"to")}),
                           ({"k": b"k\n"}, {"k": b"k\n", "l/below.c": b"below\n"})])
    target = rnd.choice([old, old, {"l": (LINK, b"to")}, {"l": b"to\n"}, {"l": b"a file\n"},
                         {"l": (LINK, b"other")}, {"k": b"k\n"}])
    return Case(target).step(old, new)


@cases(20)
def series(rnd):
    """two patches"""
    path, a, _, hunks, old, new = one_change(rnd, 2)
    half = changed(old, hunks[:1])
    target = {path: rnd.choice([old, old, shifted(rnd, old, hunks[0][0]), files[path][(a + 1) % 3]])}
    kind = rnd.randrange(4)
    if kind == 0:
        return Case(target).step({path: half}, {path: new}).step({path: old}, {path: half})
    if kind == 1:
        return Case(target, opts=["-M"]).step({path: old}, {"moved.c": half}).step(
            {"moved.c": half}, {"moved.c": new})
    if kind == 2:
        return Case(target).step({path: old}, {path: old, "n.c": b"1\n2\n3\n"}).step(
            {path: old, "n.c": b"1\n2\n3\n"}, {path: half, "n.c": b"1\n2\nthree\n"})
    return Case(target).step({path: old}, {path: half}).step({path: half}, {path: new})


@cases(24)
def twice(rnd):
    """the same file twice in one diff"""
    path, a, _, hunks, old, new = one_change(rnd, 2)
    half = changed(old, hunks[:1])
    steps = rnd.choice([
        [({path: old}, {path: half}), ({path: half}, {path: new})],
        [({path: old}, {path: half}), ({path: old}, {path: new})],
        [({path: old}, {"b.c": old}), ({"b.c": old}, {"b.c": half})],
        [({path: old}, {"b.c": half}), ({path: half}, {path: new})],
        [({"k": b"k\n"}, {"k": b"k\n", "n.c": old}), ({"n.c": old}, {"n.c": half})],
        [({path: old, "k": b"k\n"}, {"k": b"k\n"}), ({"k": b"k\n"}, {"k": b"k\n", path: new})],
        [({path: old, "b.c": b"b\n" * 20}, {"b.c": old, path: b"b\n" * 20}), ({}, {})],
    ])
    target = {path: rnd.choice([old, old, files[path][(a + 1) % 3]])}
    if "b.c" in steps[0][0]:
        target["b.c"] = b"b\n" * 20
    case = Case(target, opts=["-M", "-B"])
    for step in steps:
        case.step(*step)
    case.together = True
    return case


def without_header(diff):
    """As quilt writes it."""
    drop = rb"diff --git |index |new file|deleted file|old mode|new mode"
    return b"".join(line for line in lines_of(diff) if not re.match(drop, line))


def epoch(diff):
    """As diff -N writes it."""
    diff = without_header(diff)
    stamp = b"\t1970-01-01 01:00:00.000000000 +0100"
    names = re.findall(rb"^(?:---|\+\+\+) [ab]/(.*)$", diff, re.M)
    diff = diff.replace(b"--- /dev/null", b"--- a/" + names[-1] + stamp)
    return diff.replace(b"+++ /dev/null", b"+++ b/" + names[-1] + stamp)


@cases(24)
def plain_diff(rnd):
    """plain diffs"""
    path, a, _, hunks, old, new = one_change(rnd)
    before, after = rnd.choice([({path: old}, {path: new}), ({path: old}, {path: new}),
                                ({"k": b"k\n"}, {"k": b"k\n", path: new}),
                                ({"k": b"k\n", path: old}, {"k": b"k\n"})])
    target = {path: rnd.choice([old, shifted(rnd, old, hunks[0][0]), files[path][(a + 1) % 3]])}
    if rnd.random() < .4 and path not in before:
        target = {"k": b"k\n"}
    case = Case(target, merge=rnd.random() < .3, blobs=True).step(before, after)
    how = rnd.randrange(3)

    def edit(diff):
        diff = epoch(diff) if how == 1 else without_header(diff)
        if how == 2:    # no /dev/null, no time: only that there is no old line
            diff = diff.replace(b"--- /dev/null", b"--- a/" + path.encode() + b".orig")
        return diff
    case.edit = edit
    return case


@cases(16)
def no_context(rnd):
    """without context"""
    path, _, _, hunks, old, new = one_change(rnd)
    lines = lines_of(old)
    if rnd.random() < .5:
        new = b"".join(lines[:rnd.choice([-1, -3])]) + rnd.choice([b"", b"/* last */\n"])
    if rnd.random() < .3:
        new = old + b"/* one more */\n"
    return Case({path: rnd.choice([old, shifted(rnd, old, hunks[0][0])])}, opts=["-U0"]).step(
        {path: old}, {path: new})


@cases(16)
def in_the_way(rnd):
    """directories and files in each other's way"""
    old, new = rnd.choice([({"d/x": b"x\n"}, {"d": b"x\n"}), ({"d": b"x\n"}, {"d/x": b"x\n"}),
                           ({"k": b"k\n"}, {"k": b"k\n", "d/x": b"x\n"}),
                           ({"k": b"k\n"}, {"k": b"k\n", "d": b"x\n"})])
    target = rnd.choice([{"d/x": b"x\n"}, {"d": b"x\n"}, {"d/x": b"x\n", "d/y": b"y\n"},
                         {"d/x/y": b"y\n"}, {"k": b"k\n"}, {"d.c": b"x\n", "d/x": b"x\n"}])
    return Case(target, opts=[rnd.choice(["-M", "--no-renames"])], merge=rnd.random() < .5,
                blobs=True).step(old, new)


def both(rnd, context=0):
    """
    A change, and another tree that has other changes of the same file; some of
    the context of the change is another there with a chance of CONTEXT.
    """
    path, a, b, hunks, old, new = one_change(rnd)
    others = [h for h in hunks_of[path, a, b] if h not in hunks]
    others.sort(key=lambda h: abs(h[0] - hunks[0][0]))
    others = others[:3] if rnd.random() < .5 else others[3:12]
    theirs = rnd.sample(others, min(len(others), rnd.choice([1, 2])))
    if rnd.random() < context:
        at = max(hunks[0][0] - rnd.choice([3, 4]), 0)
        theirs = [h for h in theirs if h[0] > at or h[0] + h[1] <= at]
        theirs.append((at, 1, [b"\tcontext();\n"]))
    return path, a, hunks, old, new, changed(old, sorted(theirs))


@cases(30, "3-way")
def merged(rnd):
    """3-way"""
    path, a, hunks, old, new, ours = both(rnd, .6)
    return Case({path: ours}, merge=True, blobs=True,
                opts=[rnd.choice(["-U3", "-U6", "--full-index", "--abbrev=12"])]).step(
        {path: old}, {path: new})


@cases(20, "3-way no")
def merged_other_tree(rnd):
    """3-way onto another tree"""
    path, a, _, _, old, new = one_change(rnd, rnd.choice([1, 2]))
    return Case({path: files[path][rnd.choice([v for v in range(3) if v != a])]}, merge=True,
                blobs=True).step({path: old}, {path: new})


@cases(20, "3-way no")
def merged_series(rnd):
    """3-way, two patches"""
    path, a, b, hunks, old, new = one_change(rnd, 2)
    half = changed(old, hunks[:1])
    lines = lines_of(old)       # the second patch is for what the first one made of its own base
    for at in {max(hunks[0][0] - 3, 0), max(hunks[rnd.choice([0, 1])][0] - 3, 0)}:
        lines[at] = b"\tcontext();\n"
    return Case({path: b"".join(lines)}, merge=True, blobs="first").step(
        {path: old}, {path: half}).step({path: half}, {path: new})


@cases(20)
def without_blobs(rnd):
    """3-way without the blobs"""
    path, a, hunks, old, new, ours = both(rnd, .6)
    return Case({path: rnd.choice([ours, ours, old])}, merge=True, opts=["-U6"]).step(
        {path: old}, {path: new})


@cases(20, "no")
def conflict(rnd):
    """3-way conflicts"""
    path, _, hunks, old, new, _ = both(rnd)
    first, n, _ = hunks[0]
    lines = lines_of(old)
    lines[first:first + n] = [b"\tsomething_else_%d();\n" % rnd.randrange(9)]
    kind = rnd.randrange(4)
    if kind == 0:
        return Case({"k": b"k\n"}, merge=True, blobs=True).step({path: old}, {path: new})
    if kind == 1:
        return Case({path: b"".join(lines)}, merge=True, blobs=True).step(
            {path: old, "k": b"k\n"}, {"k": b"k\n"})
    if kind == 2:
        return Case({path: b"there\n"}, merge=True, blobs=True).step(
            {"k": b"k\n"}, {"k": b"k\n", path: new})
    return Case({path: b"".join(lines)}, merge=True, blobs=True).step({path: old}, {path: new})


@cases(30, "3-way already no")
def merged_renames(rnd):
    """3-way with renames"""
    path, a, hunks, old, new, ours = both(rnd)
    to = rnd.choice([kvm + "renamed.c", "elsewhere/" + os.path.basename(path)])
    ours = rnd.choice([ours, old, new])
    kind = rnd.randrange(6)
    if kind < 2:        # here
        target, after = {to: ours}, {path: new}
    elif kind == 2:     # in the patch
        target, after = {path: ours}, {to: new}
    elif kind == 3:     # on both sides
        target, after = {rnd.choice([to, "third.c"]): ours}, {to: new}
    elif kind == 4:     # the place is taken
        target, after = {path: ours, to: rnd.choice([new, b"in the way\n"])}, {to: new}
    else:               # and the patch deletes it
        target, after = {to: ours}, {}
    target["near.c"] = files[path][(a + 1) % 3][:len(old) // 3]
    after["k"] = b"k\n"
    return Case(target, merge=True, blobs=True, opts=[rnd.choice(["-M", "--no-renames"])]).step(
        {path: old, "k": b"k\n"}, after)


@cases(16, "already")
def already(rnd):
    """already applied"""
    path, _, _, hunks, old, new = one_change(rnd, rnd.choice([1, 2]))
    k = {"k": b"k\n"}
    before, after = rnd.choice([({path: old}, {path: new}), ({path: old}, {path: new}),
                                (k, {**k, path: new}), ({**k, path: old}, k),
                                ({path: old}, {"renamed.c": new}),
                                ({path: (FILE, old)}, {path: (EXEC, new)})])
    return Case({**after, **({} if path in after else k)}, merge=True, blobs=True,
                opts=["-M"]).step(before, after)


def write_repo(repo, commits, blobs):
    """Branches with a tree each, and blobs besides, by one fast-import."""
    subprocess.run(["git", "init", "-q", "--bare", repo], check=True)
    out, marks = [], {}

    def mark(text):
        if text not in marks:
            marks[text] = len(marks) + 1
            out.append(b"blob\nmark :%d\ndata %d\n%s\n" % (marks[text], len(text), text))
        return marks[text]

    for text in blobs:
        mark(text)
    for name, files_of_it in commits:
        for _, text in files_of_it.values():
            mark(text)
        out.append(b"commit refs/heads/%s\n" % name.encode() +
                   b"committer icrfix tests <tests@localhost> 1631312933 +0000\ndata 0\n")
        for path, (mode, text) in sorted(files_of_it.items()):
            out.append(b"M %s :%d %s\n" % (mode.encode(), marks[text], path.encode()))
    git(repo, "-c", "fastimport.unpackLimit=0", "fast-import", "--quiet", data=b"".join(out))


def mail(case, i, diff, number):
    n = len(case.diffs)
    head = ["From: A Developer <dev@example.org>", "To: list@example.org",
            "Subject: [PATCH%s] case: %d" % (" %d/%d" % (i + 1, n) if n > 1 else "", number),
            "Date: Fri, 10 Sep 2021 22:28:%02d +0000" % (10 + i),
            "Message-ID: <%d.%d@example.org>" % (number, i)]
    if i:
        head.append("In-Reply-To: <%d.0@example.org>" % number)
    body = b"What is done.\n\nSigned-off-by: A Developer <dev@example.org>\n---\n" + \
        case.edit(diff) + b"-- \n2.39.5\n\n"
    fields, body = case.encode(body)
    head += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8"] + fields
    text = "From 0 Mon Sep 17 00:00:00 2001\n" + "\n".join(head) + "\n\n"
    text = text.encode() + body
    return text.replace(b"\n", b"\r\n") if case.crlf else text


def make_all():
    for name, n, outcomes, make in classes:
        for i in range(n):
            yield name, outcomes, make(random.Random("%s %d" % (name, i)))


def main():
    os.makedirs(top, exist_ok=True)
    all_cases = list(make_all())
    source, target = top + "/source.git", top + "/target.git"
    write_repo(source, [("%d-%d-%s" % (n, i, side), step[side == "new"])
                        for n, (_, _, case) in enumerate(all_cases)
                        for i, step in enumerate(case.steps) for side in ("old", "new")], [])
    write_repo(target, [("case-%d" % n, tree(case.target))
                        for n, (_, _, case) in enumerate(all_cases)],
               [text for _, _, case in all_cases if case.blobs
                for step in case.steps[:1 if case.blobs == "first" else None]
                for _, text in step[0].values()])
    with open(top + "/list", "w") as out:
        for n, (name, outcomes, case) in enumerate(all_cases):
            case.diffs = [git(source, "diff-tree", "-p", *step[2], "%d-%d-old" % (n, i),
                              "%d-%d-new" % (n, i)) for i, step in enumerate(case.steps)]
            if hasattr(case, "together"):
                case.diffs = [b"".join(case.diffs)]
            with open("%s/%d.mbox" % (top, n), "wb") as mbox:
                for i, diff in enumerate(case.diffs):
                    mbox.write(mail(case, i, diff, n))
            out.write("%d %s %s|%s\n" % (n, case.how, outcomes, name))


main()

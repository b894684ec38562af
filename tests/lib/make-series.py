#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""A branch of small commits on real files, always the same ones.

make-series.py REPO BASE BRANCH OUTSIDE INSIDE

REPO gets BRANCH on top of BASE: OUTSIDE commits that each add a comment to a C
file outside of arch/x86/kvm, then INSIDE ones in it, lapic.c, x86.c and
svm/avic.c first; with INSIDE 1 the commit adds a function that splits ICR.
"""
import subprocess
import sys

repo, base, branch = sys.argv[1:4]
outside, inside = int(sys.argv[4]), int(sys.argv[5])
KVM = "arch/x86/kvm/"
FIRST = [KVM + "lapic.c", KVM + "x86.c", KVM + "svm/avic.c"]
SPLIT = b"""
void bench_send(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}
"""


def git(*args):
    return subprocess.run(["git", "-C", repo, *args], check=True, capture_output=True).stdout


def choose(names):
    """Spread over the tree; those with candidates first."""
    there = [n for n in names if n.startswith(KVM)]
    elsewhere = [n for n in names if not n.startswith(KVM)]
    there = FIRST + [n for n in there if n not in FIRST]
    return elsewhere[:: len(elsewhere) // outside][:outside] + there[:inside]


def edit(text, number):
    added = SPLIT if inside == 1 and number == outside else b"/* bench %d */\n" % number
    at = text.find(b"\n}\n")
    at = at + 3 if at >= 0 else len(text)
    return text[:at] + added + text[at:]


def main():
    lines = git("ls-tree", "-r", base).decode().splitlines()
    blobs = {path: info.split()[2] for info, path in (line.split("\t", 1) for line in lines)
             if path.endswith(".c") and info.startswith("100644")}
    cat = subprocess.Popen(["git", "-C", repo, "cat-file", "--batch"],
                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    into = subprocess.Popen(["git", "-C", repo, "fast-import", "--quiet", "--force"],
                            stdin=subprocess.PIPE)
    for number, path in enumerate(choose(sorted(blobs))):
        cat.stdin.write(blobs[path].encode() + b"\n")
        cat.stdin.flush()
        size = int(cat.stdout.readline().split()[2])
        text = edit(cat.stdout.read(size + 1)[:size], number)
        message = f"bench: change {path}\n".encode()
        into.stdin.write(b"commit refs/heads/%s\n" % branch.encode())
        into.stdin.write(b"committer Bench <bench@localhost> %d +0000\n" % (1631312934 + number))
        into.stdin.write(b"data %d\n%s" % (len(message), message))
        if number == 0:
            into.stdin.write(b"from %s\n" % git("rev-parse", base).strip())
        into.stdin.write(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(text), text))
    cat.stdin.close()
    into.stdin.close()
    if cat.wait() or into.wait():
        sys.exit("make-series: git failed")


main()

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix scan of revisions: one, several, globs, and arguments that could be both.

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm

# A repository with a branch full of findings, one with two, one with none.
make_branches() {
	sample_repo repo full
	git -C repo switch -q -c linux-6.1.y
	cp "$tests/sample/$kvm/lapic.c" repo/$kvm/lapic.c
	rm repo/$kvm/svm/avic.c repo/$kvm/x86.c
	sample_commit repo 'some of it mended'
	git -C repo switch -q -c linux-6.12.y
	sed -i '/APIC_ICR2, (u32)/d' repo/$kvm/lapic.c
	sample_commit repo 'all of it mended'
}

test_begin 'one revision'
make_branches
state=$(repo_state repo)
run icrfix scan -C repo linux-5.10.y
is "$status" 1 'status'
is "$(finding_lines <<<"$out" | wc -l)" 7 'its findings, though another is checked out'
text=$out
cd repo/$kvm || exit
run icrfix scan linux-5.10.y
is "$(finding_lines <<<"$out")" "$(finding_lines <<<"$text")" 'from a subdirectory'
cd "$home/work" || exit
run icrfix scan -C repo "$(git -C repo rev-parse linux-6.1.y)"
is "$(finding_lines <<<"$out" | wc -l)" 2 'a commit id'
run icrfix scan -C repo HEAD~2
is "$(finding_lines <<<"$out" | wc -l)" 7 'an expression'
git -C repo tag -a -m tag v6.12 linux-6.12.y
run icrfix scan -C repo v6.12
is "$status" 0 'an annotated tag; clean'
git -C repo tag -d v6.12 >/dev/null
is "$(repo_state repo)" "$state" 'the repository is as it was'

test_begin 'the same as a plain directory'
sample_repo repo full
sample_tree plain full
run icrfix scan plain
plain=$(finding_lines <<<"$out")
run icrfix scan -C repo HEAD
is "$(finding_lines <<<"$out")" "$plain" 'revision and directory'

test_begin 'several revisions'
make_branches
run icrfix scan -C repo linux-5.10.y linux-6.1.y linux-6.12.y
is "$status" 1 'status'
like "$out" '^branch +icr-raw64 +icr-split-read +icr-split-write +icr-truncated +icr-write-order +reg-read-len +vicr-read32' \
	'the head of the matrix'
like "$out" '^linux-5\.10\.y +0 +2 +4 +0 +0 +0 +1( |$)' 'a row of it'
like "$out" '^linux-6\.12\.y( +0){7}( |$)' 'a clean one'
matrix=$(tail -n 4 <<<"$out")
run icrfix scan -C repo 'linux-*.y'
is "$(tail -n 4 <<<"$out")" "$matrix" 'a glob: the same matrix, 6.1 before 6.12'
run icrfix scan -C repo --format json 'linux-6*.y'
is "$(jq -r '.findings[].rev' <<<"$out" | sort | uniq -c | xargs)" '2 linux-6.1.y' \
	'each finding has its revision'
run icrfix scan -C repo 'nothing-*'
fails_with 2 'nothing-\*' 'a glob that matches nothing'
run icrfix scan -C repo linux-5.10.y no-such-branch
fails_with 2 'no-such-branch' 'one of them unknown'

test_begin 'unknown and ambiguous'
make_branches
run icrfix scan -C repo no-such-branch
fails_with 2 'no-such-branch' 'an unknown revision'
is "$(find "$home" -mindepth 1 -maxdepth 1 ! -name work ! -name .gitconfig ! -name out \
	! -name err ! -name .cache)" '' \
	'nothing left behind'
run icrfix scan -C repo 'linux-5.10.y:Makefile'
is "$status" 2 'a blob is no revision to scan'
git -C repo branch arch linux-5.10.y
run icrfix scan -C repo arch
fails_with 2 ' -- ?' 'directory or revision: the message names --'
run icrfix scan -C repo arch --
is "$status" 1 'before --: the revision'
run icrfix scan -C repo -- arch
is "$status" 0 'after --: the directory'
mkdir plain
run icrfix scan -C plain HEAD
fails_with 2 'not in a git repository' 'a revision outside of a repository'

test_begin 'bare repository'
make_branches
git clone -q --bare repo bare.git
run icrfix scan -C bare.git linux-5.10.y
is "$(finding_lines <<<"$out" | wc -l)" 7 'is read like any other'
git -C bare.git pack-refs --all
run icrfix scan -C bare.git linux-6.1.y
is "$status" 1 'packed refs'

test_begin 'options that look like revisions'
sample_repo repo full
git -C repo update-ref refs/heads/--help HEAD
run icrfix scan -C repo -- --help
is "$status" 2 'after --: a file, not an option'

done_testing

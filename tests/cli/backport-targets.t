#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What --to means: branches, tags, revisions, globs and v5.x.

. "$(dirname "$0")/../lib/tap.sh"

# version REPO N TEXT TIME: a commit on the current branch, as version 5.N.
version() {
	sed -i "s/^PATCHLEVEL = .*/PATCHLEVEL = $2/" "$1/Makefile"
	echo "$3" >"$1/localversion"
	git -C "$1" add -A
	GIT_COMMITTER_DATE="$4 +0000" git -C "$1" commit -q -m "$3"
}

# branch REPO NAME N TEXT TIME: a commit for 5.N on a branch from main.
branch() {
	git -C "$1" switch -q -c "$2" main
	version "$1" "$3" "$4" "$5"
}

# A clone "repo" of two remotes, origin and stable:
#	5.4	local, and newer at origin
#	5.10	local, and no newer one
#	5.15	at both remotes, stable's is newer
#	5.16	tags only: v5.16, v5.16.9, v5.16.10
#	5.17	only v5.17-rc1
#	6.1	local
make_remotes() {
	sample_repo origin '' main
	cp -R origin stable
	branch origin linux-5.4.y 4 'old 5.4' 1700000000
	branch origin linux-5.15.y 15 'origin 5.15' 1700000100
	branch origin linux-6.1.y 1 '6.1' 1700000100
	git -C origin switch -q main
	branch stable linux-5.15.y 15 'stable 5.15' 1700000200
	git -C stable switch -q main
	git clone -q origin repo
	git -C repo remote add -f stable ../stable >/dev/null 2>&1
	git -C repo branch -q linux-5.4.y origin/linux-5.4.y
	git -C repo branch -q linux-6.1.y origin/linux-6.1.y
	git -C origin switch -q linux-5.4.y
	version origin 4 'new 5.4' 1700000300
	git -C repo fetch -q --all
	branch repo linux-5.10.y 10 'local 5.10' 1700000000
	git -C repo switch -q main
	for tag in v5.16 v5.16.9 v5.16.10 v5.17-rc1 v6.0; do
		git -C repo switch -q --detach main
		version repo 16 "$tag" 1700000000
		git -C repo tag -a -m "$tag" "$tag"
	done
	git -C repo switch -q main
}

backport() {
	run icrfix backport -C repo --refactor write64 "$@"
}

# based NAME: what the branch that icrfix made for it stands on.
based() {
	git -C repo log -1 --format=%s "icrfix/write64/$1^"
}

made() {
	git -C repo for-each-ref --format='%(refname:lstrip=4)' refs/heads/icrfix/write64 |
		sort -V | xargs
}

test_begin 'v5.x'
make_remotes
backport --to v5.x
is "$status" 0 'status'
is "$(made)" 'linux-5.4.y linux-5.10.y linux-5.15.y v5.16.10' 'a target for each 5.N'
is "$(based linux-5.4.y)" 'old 5.4' 'the local branch, though it is behind'
like "$err" 'linux-5\.4\.y.*(behind|newer|older)' 'with a warning'
is "$(based linux-5.10.y)" 'local 5.10' 'the local branch'
unlike "$err" 'linux-5\.10\.y' 'no warning where there is no reason'
is "$(based linux-5.15.y)" 'stable 5.15' 'of two remotes the newest tip'
is "$(based v5.16.10)" v5.16.10 'the newest tag, by number'

test_begin 'names'
make_remotes
backport --to linux-5.10.y
is "$(made)" linux-5.10.y 'a local branch'
backport --to origin/linux-5.15.y
is "$(based linux-5.15.y)" 'origin 5.15' 'a remote branch: the last component is the name'
backport --to v5.16.9
is "$(based v5.16.9)" v5.16.9 'a tag'
backport --to v5.17-rc1
is "$(based v5.17-rc1)" v5.17-rc1 'an -rc that is asked for by name'
id=$(git -C repo rev-parse main)
backport --to "$id"
is "$(based "$id")" sample 'a commit id'

test_begin 'globs'
make_remotes
backport --to 'linux-5.*.y'
is "$status $(made)" '0 linux-5.4.y linux-5.10.y' 'local branches'
backport --to 'stable/linux-5.*'
is "$(based linux-5.15.y)" 'stable 5.15' 'remote branches'
backport --to 'v5.16.*' --dry-run
is "$status" 0 'tags'
like "$out" 'v5\.16\.9' 'tags: one'
like "$out" 'v5\.16\.10' 'tags: another'

test_begin 'errors'
make_remotes
state=$(repo_state repo)
backport --to origin/linux-5.15.y --to stable/linux-5.15.y
fails_with 2 'linux-5\.15\.y' 'two targets of one name'
backport --to '*/linux-5.15.y'
fails_with 2 'linux-5\.15\.y' 'so by a glob'
backport --to 'nothing-*'
fails_with 2 'nothing-\*' 'a glob without a match'
backport --to v7.x
fails_with 2 'v7\.x' 'a version without a branch'
backport --to nonsense
fails_with 2 'nonsense' 'an unknown name'
is "$(repo_state repo)" "$state" 'nothing was written'

test_begin 'the same target twice'
make_remotes
backport --to linux-5.10.y --to linux-5.10.y
ok 'is done once or refused, not half done' test "$status" -eq 0 -o "$status" -eq 2

done_testing

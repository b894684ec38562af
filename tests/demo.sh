#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# make demo: the main job, on the sample tree, in a throw-away repository.
# Fails when a step does not end as it should.

set -eu

tests=$(cd "$(dirname "$0")" && pwd)
icrfix_binary=$(realpath "${ICRFIX:-./icrfix}")
branch=linux-5.10.y
new=icrfix/write64/$branch

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM HUP
export HOME="$dir" XDG_CACHE_HOME="$dir/cache" GIT_CONFIG_NOSYSTEM=1
export GIT_CONFIG_GLOBAL="$dir/gitconfig" GIT_PAGER=cat
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

icrfix() {
	"$icrfix_binary" "$@"
}

# say LINES...
say() {
	echo
	printf '# %s\n' "$@"
}

# expect STATUS COMMAND ARGS...: show it, run it, and insist on its status.
expect() {
	expected=$1
	shift
	printf '\n$ %s\n' "$*"
	status=0
	"$@" || status=$?
	[ "$status" = "$expected" ] && return
	echo "demo: '$*' ended with status $status, expected $expected" >&2
	exit 1
}

make_repo() {
	git config --global user.name 'Demo User'
	git config --global user.email demo@example.org
	git init -q -b "$branch" linux
	cp -R "$tests/sample/." linux
	git -C linux add -A
	git -C linux commit -q -m 'A sample of the local APIC as in v5.10'
}

cd "$dir"
make_repo
cd linux

say "A repository with the branch $branch, in which a write of the 64-bit ICR" \
	'is open-coded as two 32-bit writes.  Nothing is checked out to look at it:'
expect 1 icrfix scan "$branch"

say 'What would the refactor do there?'
expect 0 icrfix backport --refactor write64 --to "$branch" --dry-run

say 'Do it: a commit on a new branch, and a mail.'
expect 0 icrfix backport --refactor write64 --to "$branch" -o ../outgoing
expect 0 git log --oneline --decorate "$new"
expect 0 git show --stat --patch "$new"
expect 0 ls ../outgoing
git diff --quiet HEAD -- || {
	echo 'demo: the work tree was changed' >&2
	exit 1
}

say 'And the new branch is clean:'
expect 0 icrfix scan "$new"
say 'The demo went as it should.'

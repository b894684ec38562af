#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Kinds of repositories: those that work, and those that are refused with a
# message of their own.

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm

# seven REPO REV TEXT
seven() {
	run icrfix scan -C "$1" "$2"
	is "$status $(finding_lines <<<"$out" | wc -l)" '1 7' "$3"
}

test_begin 'alternates'
sample_repo repo full
git clone -q --shared repo shared
ok 'has no objects of its own' test -z "$(find shared/.git/objects -type f -name '??*[0-9a-f]' -path '*/??/*')"
seven shared linux-5.10.y 'objects of the other repository are found'

test_begin 'linked worktree'
sample_repo repo full
git -C repo worktree add -q ../linked -b linked
seven linked linked 'a revision'
run icrfix scan linked
is "$status $(finding_lines <<<"$out" | wc -l)" '1 7' 'as a directory'
cd linked/$kvm || exit
run icrfix scan .
is "$(finding_lines <<<"$out" | grep -c "^$kvm/")" 7 'from inside: paths from the root'

test_begin 'shallow'
sample_repo repo full
echo more >>repo/MAINTAINERS
sample_commit repo 'second'
git clone -q --depth 1 "file://$PWD/repo" shallow
ok 'is shallow' test -e shallow/.git/shallow
seven shallow HEAD 'its tip'
run icrfix scan -C shallow HEAD~1
fails_with 2 'HEAD~1' 'beyond its end'

test_begin 'partial clone'
sample_repo repo full
git -C repo config uploadpack.allowFilter true
git clone -q --filter=blob:none --no-checkout "file://$PWD/repo" partial
state=$(find partial/.git/objects -type f | sort)
run icrfix scan -C partial linux-5.10.y
is "$status" 2 'a missing object: status 2'
like "$err" "$kvm/[a-z/]*\.[ch]" 'the message names the path'
like "$err" 'git .*(fetch|cat-file|rev-list|checkout|archive|backfill)' 'and the git command that brings it'
is "$(find partial/.git/objects -type f | sort)" "$state" 'nothing was fetched'
git -C partial switch -q linux-5.10.y
seven partial linux-5.10.y 'after a check-out it works'

test_begin 'an object that is damaged'
sample_repo repo full
blob=$(git -C repo rev-parse HEAD:$kvm/lapic.c)
file=repo/.git/objects/${blob:0:2}/${blob:2}
chmod u+w "$file"
echo garbage >"$file"
run icrfix scan -C repo HEAD
is "$status" 2 'status 2'
like "$err" "$kvm/lapic.c" 'names the path'

test_begin 'foreign owner'
if [ "$(id -u)" = 0 ]; then
	sample_repo repo full
	chown -R 65534 repo
	run icrfix scan -C repo linux-5.10.y
	fails_with 2 '(own|belong).*safe\.directory|safe\.directory.*(own|belong)' \
		'the message says who owns it and names safe.directory'
	git config --global --add safe.directory "$(realpath repo)"
	seven repo linux-5.10.y 'allowed by safe.directory'
else
	skip 'needs root to change an owner' 2
fi

test_begin 'sha256'
git init -q --object-format=sha256 -b linux-5.10.y repo
sample_tree repo full
sample_commit repo sample
run icrfix scan -C repo linux-5.10.y
fails_with 2 '[sS][hH][aA]-?256' 'refused, and said so'

test_begin 'reftable'
sample_repo repo full
git -C repo config core.repositoryFormatVersion 1
git config --file repo/.git/config extensions.refStorage reftable
run icrfix scan -C repo linux-5.10.y
fails_with 2 'reftable' 'refused, and said so'

test_begin 'an unknown extension'
sample_repo repo full
git config --file repo/.git/config core.repositoryFormatVersion 1
git config --file repo/.git/config extensions.noSuchThing true
run icrfix scan -C repo linux-5.10.y
fails_with 2 '[nN]o[sS]uch[tT]hing' 'refused, and named'

test_begin 'worktreeConfig'
sample_repo repo full
git -C repo config core.repositoryFormatVersion 1
git -C repo config extensions.worktreeConfig true
git -C repo config --worktree core.sparseCheckout false
seven repo linux-5.10.y 'works'

test_begin 'empty repository'
git init -q repo
run icrfix scan -C repo HEAD
fails_with 2 'HEAD' 'no commit: status 2'

test_begin 'submodules and other modes'
sample_repo repo full
git -C repo update-index --add --cacheinfo "160000,$(git -C repo rev-parse HEAD),$kvm/sub.c"
git -C repo commit -q -m 'a submodule named like a file'
ln -s lapic.c repo/$kvm/link.c
chmod +x repo/$kvm/x86.c
sample_commit repo 'a link'
seven repo HEAD 'a submodule and a symbolic link are no files'

done_testing

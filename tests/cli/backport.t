#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix backport: the commit, what it leaves alone, and what it refuses.

. "$(dirname "$0")/../lib/tap.sh"

lapic=arch/x86/kvm/lapic.c
new=icrfix/write64/linux-5.10.y
stale='if this is ICR write vector before command'

# Branches that icrfix made.
made() {
	git -C "$1" for-each-ref --format='%(refname:short)' refs/heads/icrfix
}

# All that a dry run or an error must not change.
everything() {
	repo_state "$1"
	find "$1/.git" -type f -printf '%p %s %T@\n' | sort
}

backport() {
	run icrfix backport -C repo --refactor write64 "$@"
}

# mended REV: the lapic.c of this revision, on stdout.
mended() {
	git -C repo show "$1:$lapic"
}

test_begin 'a branch'
sample_repo repo
echo '/* mine */' >>repo/MAINTAINERS
echo staged >repo/staged
git -C repo add staged
state=$(repo_state repo)
printf '#!/bin/sh\ntouch %s/hook\n' "$home" >repo/.git/hooks/pre-commit
cp repo/.git/hooks/pre-commit repo/.git/hooks/post-commit
cp repo/.git/hooks/pre-commit repo/.git/hooks/reference-transaction
chmod +x repo/.git/hooks/*-commit repo/.git/hooks/reference-transaction
backport --to linux-5.10.y
is "$status" 0 'status'
like "$out" 'linux-5\.10\.y.*backported|backported.*linux-5\.10\.y' 'state backported'
like "$out" "$new" 'the branch is named'
is "$(made repo)" "$new" 'the branch is there'
is "$(git -C repo rev-parse "$new^")" "$(git -C repo rev-parse linux-5.10.y)" 'its parent'
is "$(git -C repo diff --name-only linux-5.10.y "$new")" "$lapic" 'changes lapic.c only'
is "$(mended "$new" | grep -c 'kvm_lapic_reg_write64(')" 3 'a helper and two calls'
not_ok 'the stale comments are gone' grep -q "$stale" <<<"$(mended "$new")"
is "$(repo_state repo | grep -v refs/heads/icrfix)" "$state" \
	'HEAD, index, work tree and configuration are as they were'
not_ok 'no hook was run' test -e "$home/hook"
mkdir checkout
git -C repo archive "$new" | tar -xf - -C checkout
ok 'it compiles' make -s -C checkout CC='gcc -Wall -Wextra -Werror'
ok 'the repository is sound' git -C repo fsck --strict --no-dangling
run icrfix scan -C repo "$new"
is "$status" 0 'a second scan is clean'
backport --to "$new"
is "$status" 0 'again, on the result: status'
like "$out" 'not affected' 'again, on the result: not affected'

test_begin 'the commit'
sample_repo repo
backport --to linux-5.10.y
message=$(git -C repo log -1 --format=%B "$new")
is "$(git -C repo log -1 --format='%an <%ae>' "$new")" \
	'Sean Christopherson <seanjc@google.com>' 'the author is that of the refactor'
is "$(git -C repo log -1 --format='%cn <%ce>' "$new")" 'Test User <test@example.org>' \
	'the committer is the user'
like "$message" '^KVM: x86: ' 'the subject'
like "$message" '^\[ Test User: .* \]$' 'what was adapted'
is "$(tail -n 1 <<<"$message")" 'Signed-off-by: Test User <test@example.org>' \
	'Signed-off-by of the user is last'
unlike "$message" '^commit [0-9a-f]{40} upstream|Upstream commit' \
	'no upstream line: write64 has no upstream commit'
is "$(git -C repo log -1 --format=%G? "$new")" N 'is not signed'

test_begin 'author of the environment'
sample_repo repo
GIT_COMMITTER_DATE='1700000000 +0100' backport --to linux-5.10.y
is "$status" 0 'status'

test_begin 'sites left'
sample_repo repo full
backport --to linux-5.10.y -o "$PWD/out"
is "$status" 0 'status 0 all the same'
like "$out" 'backported' 'state'
like "$out" 'arch/x86/kvm/x86\.c:13' 'x86.c is named'
like "$out" 'arch/x86/kvm/svm/avic\.c:19' 'avic.c is named'
is "$(git -C repo diff --name-only linux-5.10.y "$new")" "$lapic" 'but not touched'

test_begin '--dry-run'
sample_repo repo
state=$(everything repo)
backport --to linux-5.10.y --dry-run -o "$PWD/out"
is "$status" 0 'status'
like "$out" 'linux-5\.10\.y' 'says what it would do'
is "$(everything repo)" "$state" 'writes nothing, not even an object'
not_ok 'and no mail' test -e out

test_begin 'an existing branch'
sample_repo repo
git -C repo branch "$new" HEAD
state=$(repo_state repo)
backport --to linux-5.10.y -o "$PWD/out"
is "$status" 2 'is an error'
like "$err$out" "$new" 'which names it'
like "$err$out" '\-\-force' 'and --force'
is "$(repo_state repo)" "$state" 'is not overwritten'
is "$(find out -type f 2>/dev/null)" '' 'no mail'
backport --to linux-5.10.y --force
is "$status" 0 '--force: status'
is "$(git -C repo rev-parse "$new^")" "$(git -C repo rev-parse linux-5.10.y)" '--force: overwritten'

test_begin 'a branch that is checked out elsewhere'
sample_repo repo
git -C repo worktree add -q ../linked -b "$new"
backport --to linux-5.10.y --force
is "$status" 2 'is not overwritten even with --force'
is "$(git -C linked status --porcelain)" '' 'its work tree is clean'

test_begin 'a branch in the way'
sample_repo repo
git -C repo branch icrfix
state=$(repo_state repo)
backport --to linux-5.10.y
is "$status" 2 'status'
is "$(repo_state repo)" "$state" 'the repository is as it was'

test_begin '--branch'
sample_repo repo
backport --to linux-5.10.y --branch topic/mine
is "$status" 0 'status'
ok 'is used' git -C repo rev-parse -q --verify refs/heads/topic/mine
is "$(made repo)" '' 'instead of the usual'
git -C repo branch linux-5.15.y
backport --to linux-5.10.y --to linux-5.15.y --branch topic/two
fails_with 2 '\-\-branch' 'goes with one target'
backport --to linux-5.10.y --branch 'bad..name'
fails_with 2 'bad\.\.name' 'a name that git refuses'

test_begin 'not affected'
sample_repo repo
sed -i '/APIC_ICR2, (u32)/d' repo/$lapic
sample_commit repo 'mended'
state=$(everything repo)
backport --to linux-5.10.y -o "$PWD/out"
is "$status" 0 'status'
like "$out" 'not affected' 'state'
is "$(everything repo)" "$state" 'nothing is written'
is "$(find out -type f 2>/dev/null)" '' 'no mail'

test_begin 'needs a human'
sample_repo repo
git -C repo switch -q -c linux-5.15.y
sed -i 's/kvm_apic_write_nodecode/renamed/' repo/$lapic
sample_commit repo 'no place for the helper'
backport --to linux-5.15.y --to linux-5.10.y -o "$PWD/out"
is "$status" 1 'status'
like "$out" 'linux-5\.15\.y.*needs a human|needs a human.*linux-5\.15\.y' 'state'
is "$(made repo)" "$new" 'the other target went on; nothing written for this one'
is "$(find out -type f | wc -l)" 1 'one mail'

test_begin 'comments'
sample_repo repo
sed -i "0,/$stale/s//careful here/" repo/$lapic
sed -i "1a /* $stale */" repo/$lapic
sample_commit repo 'other comments'
backport --to linux-5.10.y
is "$status" 0 'status'
ok 'another comment above a site stays' grep -q 'careful here' <<<"$(mended "$new")"
is "$(mended "$new" | grep -c "$stale")" 1 'that comment elsewhere stays'
like "$out" "$lapic:2[ :,]|$lapic:2\$" 'and is reported'

test_begin 'identity'
sample_repo repo
git config --global --unset user.name
state=$(everything repo)
backport --to linux-5.10.y -o "$PWD/out"
fails_with 2 'user\.name' 'no user.name: an error that says so'
git config --global user.name 'Test User'
git config --global --unset user.email
backport --to linux-5.10.y -o "$PWD/out"
fails_with 2 'user\.email' 'no user.email'
is "$(everything repo)" "$state" 'nothing was written'
git -C repo config user.email local@example.org
backport --to linux-5.10.y
is "$(git -C repo log -1 --format=%ce "$new")" local@example.org "the repository's own"

test_begin 'commit.gpgSign'
sample_repo repo
git config --global commit.gpgSign true
backport --to linux-5.10.y
is "$status" 0 'status'
like "$err$out" 'gpgSign|not signed|unsigned' 'says that the commit is not signed'

test_begin 'bare repository, detached HEAD'
sample_repo origin
git clone -q --bare origin repo
backport --to linux-5.10.y
is "$status $(git -C repo rev-parse "$new^")" "0 $(git -C origin rev-parse HEAD)" 'bare'
rm -rf repo
git clone -q origin repo
git -C repo switch -q --detach
backport --to linux-5.10.y
is "$status $(git -C repo symbolic-ref -q HEAD)" '0 ' 'detached'

test_begin 'a linked worktree'
sample_repo origin
git -C origin worktree add -q ../repo -b topic
backport --to linux-5.10.y
is "$status $(git -C origin rev-parse "$new^")" "0 $(git -C origin rev-parse linux-5.10.y)" \
	'the branch is in the common repository'

test_begin 'JSON'
sample_repo repo full
git -C repo switch -q -c linux-6.1.y
git -C repo rm -q arch/x86/kvm/x86.c arch/x86/kvm/svm/avic.c
sed -i '/APIC_ICR2, /d' repo/$lapic
sample_commit repo 'mended'
backport --to linux-5.10.y --to linux-6.1.y -o "$PWD/out" --format json
is "$status" 0 'status'
is "$(jq -r '.targets[] | "\(.target) \(.state)"' <<<"$out")" 'linux-5.10.y backported
linux-6.1.y not affected' 'target and state'
is "$(jq -r '.targets[0].branch' <<<"$out")" "$new" 'branch'
is "$(jq -r '.targets[0].commit' <<<"$out")" "$(git -C repo rev-parse "$new")" 'commit'
ok 'mail' test -s "$(jq -r '.targets[0].mail' <<<"$out")"
is "$(jq -c '.targets[0] | [(.converted | length), (.left | length)]' <<<"$out")" \
	'[2,2]' 'sites converted and left'
is "$(jq -r '.targets[0].left[] | "\(.path):\(.line)"' <<<"$out")" \
	'arch/x86/kvm/svm/avic.c:19
arch/x86/kvm/x86.c:13' 'where those are'

test_begin 'an error leaves the repository as it was'
sample_repo repo
: >file
state=$(repo_state repo)
backport --to linux-5.10.y -o "$PWD/file/out"
is "$status" 2 '-o where no directory can be'
is "$(repo_state repo)" "$state" 'no branch'
backport --to linux-5.10.y --to no-such-branch
fails_with 2 'no-such-branch' 'one target unknown'
is "$(repo_state repo)" "$state" 'no branch for the other one'
ICRFIX_SPATCH=/nonexistent backport --to linux-5.10.y
is "$status" 2 'no spatch'
is "$(repo_state repo)" "$state" 'still no branch'
chmod a-w repo/.git/refs/heads
if [ -w repo/.git/refs/heads ]; then
	skip 'root writes everywhere' 2
else
	backport --to linux-5.10.y -o "$PWD/out"
	is "$status" 2 'a repository that cannot be written'
	is "$(find out -type f 2>/dev/null)" '' 'no mail'
fi
chmod u+w repo/.git/refs/heads

test_begin 'wrong use'
sample_repo repo
backport
fails_with 2 '\-\-to' 'no --to'
run icrfix backport -C repo --refactor no-such --to linux-5.10.y
fails_with 2 'no-such' 'an unknown refactor'
run icrfix backport -C / --refactor write64 --to linux-5.10.y
fails_with 2 '.' 'no repository'
run icrfix backport --help
is "$status" 0 '--help: status'
like "$out" '--dry-run' '--help'

done_testing

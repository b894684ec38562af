#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix pull beside Debian's b4 on one public-inbox server: every series of
# the shared mails ($ICRFIX_SHARED_MAIL), else of tests/mail/thread.  The same
# patches in the same order, with the same trailers but where b4 0.12 is known
# to be wrong; and git am makes the same commits of both.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/lore.sh
. "$tests/lib/lore.sh"

why=$(lore_missing)
[ -z "$why" ] || skip_all "$why"
command -v b4 >/dev/null || skip_all 'b4 is not installed'
[ -n "${ICRFIX_SHARED_MAIL-}" ] || ! [ -d "$project/../shared/mail" ] ||
	ICRFIX_SHARED_MAIL=$(realpath "$project/../shared/mail")
[ -d "${ICRFIX_SHARED_MAIL-}" ] ||
	echo '# no shared mails (ICRFIX_SHARED_MAIL): with those of tests/mail/thread' >&2
mapfile -t mails < <(lore_mails)

test_begin start
lore_start "$home/lore" "${mails[@]}" || skip_all 'public-inbox does not work here'
trap 'lore_stop; tap_end' EXIT

# summary MBOX: title, author, trailers of each patch as git sees them.
summary() {
	rm -rf split && mkdir split && git mailsplit -osplit "$1" >/dev/null
	local mail
	for mail in split/*; do
		git mailinfo split/.msg split/.patch <"$mail" | sed -n 's/^Subject: /= /p; s/^Author: /  /p'
		git interpret-trailers --parse --no-divider split/.msg | sed 's/^/  /'
		git patch-id --stable <split/.patch | sed 's/ .*//; s/^/  /'
	done
}

# tree_for MBOX: a repository in which the old side of all diffs is there: the
# context and removed lines of each hunk at their places.
tree_for() {
	git init -q tree
	python3 "$tests/lib/tree-for.py" tree "$1"
	git -C tree add -A
	git -C tree commit -q --allow-empty -m base
}

# The covers and single patches among the mails: Message-ID and b4's mistakes.
covers() {
	perl "$tests/lib/covers.pl" "${mails[@]}"
}

while read -r id; do
	test_begin "$id"
	run icrfix pull -c "icrfix.loreUrl=$lore_url" --no-cover -o - "$id"
	cp "$home/out" ours.mbx
	case $status in
	0 | 1) ;;
	*) tap_result 1 "pull: $err" || continue ;;
	esac
	git config --global b4.midmask "$lore_url%s"
	git config --global b4.linkmask "$lore_url%s"
	git config --global b4.searchmask "$lore_url?x=m&t=1&q=%s"
	git config --global b4.attestation-policy off
	run b4 am -C -t -o - "$id"
	cp "$home/out" b4.mbx
	summary ours.mbx >ours
	# What b4 0.12 takes and must not: see interop.md of the mails.
	summary b4.mbx | sed -e '/Reported-by: kernel test robot <lkp@intel.com>$/d' >b4
	if grep -q '^= KVM: x86: Support interrupt dispatch in x2APIC mode' b4; then
		sed -i '/^  Signed-off-by: Sean Christopherson/d' b4
	fi
	is "$(cat ours)" "$(cat b4)" 'the same patches, order and trailers as b4'
	[ -s ours.mbx ] || continue
	tree_for ours.mbx
	for who in ours b4; do
		git -C tree switch -q --detach main
		git -C tree am -q "$PWD/$who.mbx" >am.$who 2>&1
		echo "$?" >status.$who
		git -C tree am --abort >/dev/null 2>&1
		git -C tree log --format='%an <%ae> %ad %s %T' main.. >log.$who
		cat status.$who >>log.$who
	done
	is "$(cat log.ours)" "$(cat log.b4)" 'the same commits from git am'
	is "$(cat status.ours)" 0 'git am takes it'
done < <(covers)

done_testing

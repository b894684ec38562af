#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The mails of icrfix backport: git am takes them, a stable maintainer can read them.

. "$(dirname "$0")/../lib/tap.sh"

new=icrfix/write64/linux-5.10.y

# A repository of the sample, and the mail of its backport in $mail.
make_mail() {
	sample_repo repo "${1-}" "${2:-linux-5.10.y}"
	run icrfix backport -C repo --refactor write64 --to "${2:-linux-5.10.y}" -o "$PWD/out"
	mail=$(find out -type f)
}

# header NAME: of the mail, unfolded.
header() {
	sed '/^$/q' "$mail" | sed -e ':a' -e 'N;$!ba' -e 's/\n[ \t]\+/ /g' |
		sed -n "s/^$1: *//Ip"
}

# What stands between the commit message and the diffstat.
notes() {
	sed '1,/^---$/d; /^diff --git/,$d' "$mail"
}

test_begin 'git am'
make_mail full
is "$status $(find out -type f | wc -l)" '0 1' 'one mail'
like "$mail" '\.patch$' 'its name'
git clone -q -b linux-5.10.y repo other
ok 'is taken' git -C other am -q "../$mail"
is "$(git -C other rev-parse 'HEAD^{tree}')" "$(git -C repo rev-parse "$new^{tree}")" \
	'and gives the same tree'
is "$(git -C other log -1 --format='%an %ae%n%B')" "$(git -C repo log -1 --format='%an %ae%n%B' "$new")" \
	'the same author and message'
ok 'also with --check' git -C repo apply --check --cached "../$mail"

test_begin 'headers'
make_mail full
like "$(header Subject)" '^\[PATCH 5\.10\.y\] KVM: x86: ' 'Subject with the version'
is "$(header From)" 'Test User <test@example.org>' 'From: the user'
is "$(sed '1,/^$/d' "$mail" | head -n 2 | tr '\n' '|')" \
	'From: Sean Christopherson <seanjc@google.com>||' 'in-body From: the author'
like "$(header Date)" '^[A-Z][a-z]{2}, [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} ' 'Date'
unlike "$(header To),$(header Cc)" 'stable@' 'not to stable@: no upstream commit'
like "$(head -n 1 "$mail")" "^From [0-9a-f]{40} Mon Sep 17 00:00:00 2001\$" \
	'the first line is as git writes it'
is "$(tail -n 3 "$mail" | head -n 1)" '-- ' 'a signature'

test_begin 'below the line'
make_mail full
like "$(notes)" 'arch/x86/kvm/x86\.c:13' 'x86.c is left for a human'
like "$(notes)" 'arch/x86/kvm/svm/avic\.c:19' 'and avic.c'
like "$(notes)" 'msr64' 'the form that stable can take'
like "$(notes)" '5429478d038f' 'its commit'
like "$(notes)" 'lapic\.c +\| +[0-9]+' 'the diffstat'
like "$out" '5429478d038f' 'the report says so, too'

test_begin 'icrfix.to'
git config --global icrfix.to 'list@example.org'
make_mail
like "$(header To)" 'list@example\.org' 'is the To:'

test_begin 'a name that is not ASCII'
git config --global user.name 'Jürgen "J" Tèst, Jr.'
make_mail
ok 'headers are ASCII' test -z "$(sed '/^$/q' "$mail" | LC_ALL=C tr -d '\0-\177')"
git clone -q -b linux-5.10.y repo other
ok 'git am takes it' git -C other am -q "../$mail"
is "$(git -C other log -1 --format=%B)" "$(git -C repo log -1 --format=%B "$new")" \
	'and the same message comes out'

test_begin 'the version'
make_mail '' main
like "$(header Subject)" '^\[PATCH 5\.10\.y\]' "from the tree's Makefile"
rm -rf repo out
make_mail '' linux-5.4.y
like "$(header Subject)" '^\[PATCH 5\.4\.y\]' "the branch's name comes first"

test_begin 'two targets'
sample_repo repo
git -C repo branch linux-5.15.y
run icrfix backport -C repo --refactor write64 --to linux-5.10.y --to linux-5.15.y -o "$PWD/out"
is "$(find out -type f | wc -l)" 2 'two mails'
is "$(grep -ho '^Subject: \[PATCH [0-9.y]*\]' out/* | sort)" 'Subject: [PATCH 5.10.y]
Subject: [PATCH 5.15.y]' 'and their versions'

test_begin 'the directory'
sample_repo repo
mkdir out
echo mine >out/mine
run icrfix backport -C repo --refactor write64 --to linux-5.10.y -o "$PWD/out"
is "$(cat out/mine)" mine 'files in it stay'
is "$(find out -type f | wc -l)" 2 'the mail is added'
run icrfix backport -C repo --refactor write64 --to linux-5.10.y --force -o "$PWD/deep/er/out"
is "$(find deep -type f | wc -l)" 1 'is made with its parents'

done_testing

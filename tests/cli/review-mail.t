#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix review -o: drafts of replies.  What a reply to all must be is asked of
# Python (tests/lib/drafts.py), mutt and git send-email; nothing is sent.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/review.sh
. "$tests/lib/review.sh"

# right TEXT THREAD DRAFT...: they are replies to all by Python's idea of mail.
right() {
	run /usr/bin/python3 "$tests/lib/drafts.py" test@example.org "${@:2}"
	is "$status$out$err" 0 "$1"
}

# review ARGS...: on the repository "repo" here.
review() {
	run icrfix review --base HEAD "$@" -C repo
}

# after DRAFT REGEX: the lines after each line that is like it, up to a blank or quoted one.
after() {
	awk -v re="$2" '$0 ~ re { on = 2; next } on == 2 && $0 == "" { on = 1; next }
		on && (/^>/ || $0 == "") { on = 0 } on' "$1"
}

test_begin 'drafts of a series'
review_series
review -o "$PWD/d" "$PWD/series.mbox"
is "$status" 3 'a patch does not apply'
is "$(cd d && echo *)" '0000-re-kvm-x86-send.eml 0002-re-kvm-x86-send-it-by-both-halves.eml' \
	'a summary and a draft for the one with notes'
like "$err" '^icrfix: 2 drafts in ' 'how many'
right 'headers and quotes' series.mbox d/*
two=d/0002-re-kvm-x86-send-it-by-both-halves.eml
like "$(head -3 $two)" '^Cc: KVM <kvm@example.org>,$' 'Cc'
like "$(cat $two)" '^On Fri, Sep 10, 2021, Ann Author wrote:$' 'the attribution'
like "$(after $two 'regs \+ offset')" '^A register that can be the 64-bit ICR is accessed' \
	'a note under its line'
is "$(after $two '^> \+.*APIC_ICR2.*val >> 32' | head -1)" \
	'The 64-bit ICR is written as two 32-bit registers, ICR2 and ICR (with' \
	'another, at its line although the patch moved'
is "$(grep -c '^> @@' $two)" 2 'the two hunks that have notes'
is "$(grep -c '^> \[\.\.\.\]$' $two)" 1 'what is left out within one'
unlike "$(cat $two)" '^> .*(line that looks|bold|Signed-off)' 'no more of the changelog'
is "$(grep -c '^\[[0-9]\] https://' $two)" "$(grep '^\[[0-9]\] https://' $two | sort -u | wc -l)" \
	'each link once'
one=d/0000-re-kvm-x86-send.eml
like "$(cat $one)" '^Base: HEAD \([0-9a-f]{12}\)$' 'the summary: base'
is "$(grep '^  [123]/3' $one)" '  1/3  no notes      KVM: x86: Add a function
  2/3  3 notes       KVM: x86: Send it, by both halves
  3/3  not applied   gone: Change a file' 'a line for each patch'
like "$(cat $one)" '^3/3 does not apply: gone/file: does not exist' 'why not'

tap_name='files'
find d -type f -exec md5sum {} + | sort >sums
review -q -o "$PWD/d" "$PWD/series.mbox"
is "$err$(find d -type f -exec md5sum {} + | sort)" "$(cat sums)" 'the same bytes again'
echo mine >$two
rm $one
review -q -o "$PWD/d" "$PWD/series.mbox"
fails_with 2 '0002-re-.*exists and is another file \(--force' 'another file is not overwritten'
is "$(cat $two) $(find d -type f | wc -l)" 'mine 1' 'and no other is written'
ln -s mine $one
rm $two
review -q -o "$PWD/d" "$PWD/series.mbox"
fails_with 2 '0000-re-.*exists and is another file' 'a link is another file'
rm $one
echo mine >$two
review -q --force -o "$PWD/d" "$PWD/series.mbox"
is "$(find d -type f -exec md5sum {} + | sort)" "$(cat sums)" '--force'
review -o - --format json "$PWD/series.mbox"
is "$(grep -c '^From icrfix@z' <<<"$out")" 2 'as an mbox on standard output'
is "$(sed '/^icrfix:/d' <<<"$err" | jq .icrfix)" 1 'the report on stderr'
is "$(sed '1d; /^From icrfix@z/,$d' "$home/out" | md5sum)" \
	"$(cat d/0000-re-kvm-x86-send.eml <(echo) | md5sum)" 'the same mails'

tap_name='what takes them'
cat >sendmail <<-'END'
	#!/bin/sh
	printf '%s\n' "$@" >args
	cat >sent
END
chmod +x sendmail
if command -v mutt >/dev/null; then
	run mutt -n -F /dev/null -e "set sendmail=$PWD/sendmail" -e 'set copy=no' -H $two
	is "$status" 0 'mutt -H'
	is "$(sort args | paste -sd' ')" \
		'-- ann@example.org first.last@example.net juergen@example.de kvm@example.org' \
		'would send to all'
	sed -i '/^Date:/d; /^Message-ID:/d' sent
	right 'what mutt makes of it' series.mbox sent
else
	skip 'mutt is not installed' 3
fi
if git send-email -h 2>&1 | grep -q dry-run; then
	run git send-email --dry-run --confirm=never d/*
	is "$status $(grep -c '^Dry-OK' <<<"$out")" '0 2' 'git send-email --dry-run'
	is "$(grep '^In-Reply-To:' <<<"$out" | sort)" "$(grep -h '^In-Reply-To:' d/* | sort)" \
		'answers the same mails'
	like "$out" '^RCPT TO:<first.last@example.net>$' 'all of them'
else
	skip 'git send-email is not installed' 3
fi

test_begin 'to whom'
review_series
# one HEADER...: the patch with the splits alone, with more header lines.
one() {
	printf '%s\n' "$@" >more.txt
	sed -e '/^In-Reply-To:/d; /^References:/,/^[^ ]/ { /^References:/d; /^ /d }' \
		-e '/^Subject:/{r more.txt' -e '}' all/v2-0002-*.patch |
		sed '/^Subject/s/ 2\/3//' >one.eml
	rm -rf d
	review -q -o "$PWD/d" "$PWD/one.eml"
	is "$(find d -name '*.eml' | wc -l)" 1 "one draft for one patch: $*"
	[[ $* == *\\* ]] || right "$*" one.eml d/*
}
one 'Reply-To: Ann at home <home@example.com>'
one 'Mail-Followup-To: KVM <kvm@example.org>, "Last, First" <first.last@example.net>'
one 'Mail-Followup-To: test@example.org'
one 'References: <a@example.org>' '	<b@example.org>' 'In-Reply-To: <b@example.org>'
one 'In-Reply-To: <b@example.org>'
one 'Cc: friends: =?UTF-8?q?Z=C3=BC_=22x=22?= <z@example.org>, KVM@example.org;'
one 'Cc: "evil\" <x@example.org>, <<>>, a b@example.org, \@, "q q"@example.org, fine@example.org'
like "$(tr -d '\n\t' <d/*)" 'net>,fine@example.org,' 'what is no address is left out'
one "Cc: $(for i in $(seq 60); do printf 'n%d <list%d@lists.example.org>, ' "$i" "$i"; done)x@example.org"
like "$(cat d/*)" '^.x@example\.org,$' 'many'
sed -i '/^$/q' one.eml
{
	printf 'From: J\303\274rgen "Jim" Author <author@example.org>\n\n'
	sed '1,/^$/d' all/v2-0002-*.patch
} >>one.eml
rm -rf d
review -q -o "$PWD/d" "$PWD/one.eml"
right 'an author in the body' one.eml d/*
like "$(cat d/*)" '<author@example.org>' 'the author'
sed '/^Message-Id:/,/^[^ ]/ { /^Message-Id:/d; /^ /d }' one.eml >no-id.eml
rm -rf d
review -q -o "$PWD/d" "$PWD/no-id.eml"
unlike "$(cat d/*)" '^(In-Reply-To|References)' 'a mail without Message-ID'
one 'X-Note: the own mail'
sed -i 's/^From: Ann.*/From: Test User <test@example.org>/' one.eml
rm -rf d
review -q -o "$PWD/d" "$PWD/one.eml"
right 'the own mail is answered to the others' one.eml d/*

tap_name='hostile'
{
	sed -n '1,/^$/p' all/v2-0002-*.patch |
		sed 's/^Subject:.*/Subject: =?UTF-8?q?[PATCH]_a=0AX-Evil:_b=1B[2J=E2=80=AE..=2F..=2Fc?=/'
	sed '1,/^$/d' all/v2-0002-*.patch
} >evil.eml
rm -rf d
review -q -o "$PWD/d" "$PWD/evil.eml"
is "$(find . -name '*-re-*.eml' | sed 's/.*-re-//')" 'a-x-evil-b-u-001b-2j-u-202e-c.eml' \
	'a file name of letters'
unlike "$(cat d/*)" '^X-Evil' 'no header of its own'
not_ok 'no control characters' grep -q "$(printf '\033')" d/*

tap_name='errors'
run icrfix review -C repo -o d HEAD~1..HEAD
fails_with 2 'a range has no mails to reply to' 'a range'
run icrfix review -C repo -c user.email=nobody --base HEAD -o "$PWD/x" "$PWD/series.mbox"
fails_with 2 'user.email is not set or no address' 'no address of one'"'"'s own'
ok 'nothing is written' test ! -e x
echo >file
review -o "$PWD/file" "$PWD/series.mbox"
is "$status" 2 'a file in the way'

test_begin 'a reply that proposes code'
review_series
id=$(sed -n '/^Message-Id/,/>/ s/.*<\(.*\)>.*/\1/p' all/v2-0002-*.patch | head -1)
cat >reply.eml <<-END
	From: Rita Reviewer <rita@example.com>
	To: Ann Author <ann@example.org>
	Cc: KVM <kvm@example.org>, Test User <test@example.org>
	Date: Sat, 11 Sep 2021 10:00:00 +0000
	Subject: Re: [PATCH v2 2/3] KVM: x86: Send it, by both halves
	Message-ID: <reply@example.com>
	In-Reply-To: <$id>

	> +int send_both(struct kvm_lapic *apic, u64 data)

	The last write alone, return kvm_lapic_reg_write(), says nothing. How about
	send_both(), with

	int send_both(struct kvm_lapic *apic, u64 data)
	{
	$(printf '\t')if (!apic)
	$(printf '\t\t')return 1;
	$(printf '\t')kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	$(printf '\t')return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	}

	Rita
END
(cat series.mbox && echo && echo 'From x Thu Jan  1 00:00:00 1970' && cat reply.eml) >thread.mbox
review -q -c icrfix.check.proposals=true -o "$PWD/d" "$PWD/thread.mbox"
answer=d/0002-1-re-kvm-x86-send-it-by-both-halves.eml
like "$(cat $answer)" '^To: Rita Reviewer <rita@example.com>,?$' 'is answered'
right 'like the others' thread.mbox d/*
like "$(after $answer '^> .*APIC_ICR2')" 'the 64-bit ICR is written as two' 'at its line'
unlike "$(cat $answer)" '^> (The last|> )' 'and no more is quoted'

test_begin 'the shared thread'
full=$ICRFIX_TEST_CACHE/linux-5.10-full.git
if [ -d "$shared/kvm-ipiv-v4" ] && [ -d "$full" ]; then
	mkdir -p md/cur md/new md/tmp
	cp "$shared"/kvm-ipiv-v4/*.eml md/cur
	run icrfix review -q -C "$full" --base linux-5.10.y --fresh -o "$PWD/d" "$PWD/md"
	right 'replies' md/cur d/*
	five=$(echo d/0005-*.eml)
	like "$(after "$five" '^> \+.*APIC_ICR2')" '^The 64-bit ICR is written' 'the split'
	like "$(after "$five" '^> \+.*regs \+ offset')" '^A register that can be' 'the read'
	is "$(grep '^References' -A1 "$five" | paste -sd' ')" \
		"$(grep -i '^References' -A1 "$shared"/kvm-ipiv-v4/05.1-*.eml | paste -sd' ')" \
		"References are those of the reviewer's own reply"
	rm -rf d
	run icrfix review -q -C "$full" --base linux-5.10.y -o "$PWD/d" "$PWD/md"
	right 'replies to replies' md/cur d/*
	like "$(after d/0005-1-*.eml '^> .*return 1;')" 'is a void function' \
		"in the reviewer's sketch"
	like "$(after d/0005-1-*.eml '^> .*offset, 8, &val')" 'refuses more than 4 bytes' 'too'
else
	skip 'no shared mails, or no kernel of tests/lib/kernels.sh full_repo' 7
fi
done_testing

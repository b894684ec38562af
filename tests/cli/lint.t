#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix lint on series of mails: where they come from, what does not apply or
# is missing, one mail alone, and on which commit a series is based.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/lint.sh
. "$tests/lib/lint.sh"
# shellcheck source=tests/lib/lore.sh
. "$tests/lib/lore.sh"

# write_series: in ../work, a clone of this repository, with a branch topic of
# three commits: another function, a split, and what mends it.
write_series() {
	git clone -q . ../work
	cd ../work || exit
	git switch -q -c topic
	sed -i '/^int kvm_x2apic_msr_write/i int first_of_all(int a)\n{\n\treturn a + 1;\n}\n' $kvm/lapic.c
	commit 'KVM: x86: Add a function'
	split send >>$kvm/lapic.c
	commit 'KVM: x86: Send it'
	mend send $kvm/lapic.c
	commit 'KVM: x86: Mend it'
	cd - >/dev/null || exit
}

# mails RANGE [ARGS]: of ../work, as an mbox.
mails() {
	git -C ../work format-patch -q --stdout --thread=shallow --subject-prefix='PATCH v2' "$@" |
		sed 's/\*\*\* SUBJECT HERE \*\*\*/KVM: x86: Send/'
}

# one N MBOX: a single mail of it, from 1.
one() {
	rm -rf "$home/split" && mkdir "$home/split" &&
		git mailsplit -o"$home/split" "$2" >/dev/null && cat "$home/split/$(printf %04d "$1")"
}

all='2 introduced icr-split-write lapic.c send
3 fixed icr-split-write lapic.c send'

test_begin 'where a series comes from'
in_repo repo
write_series
mails --cover-letter "$base..topic" >../series.mbox
lint 0 "$all" 'an mbox' --base "$base" ../series.mbox
is "$(report '[.title, .revision, .base.how, .base.name, .base.commit] | @csv')" \
	"\"KVM: x86: Send\",2,\"given\",\"$base\",\"$base\"" 'title, revision, base'
is "$(report '.patches[] | "\(.n)/\(.m) \(.applied) \(.subject)"')" \
	'1/3 exact KVM: x86: Add a function
2/3 exact KVM: x86: Send it
3/3 exact KVM: x86: Mend it' 'the patches'
is "$(report '.patches[].tree')" "$(git -C ../work log --reverse --format=%T "$base..topic")" \
	'the trees are those of git'
is "$(report '[.patches[1].introduced[0].fixed_by, .patches[2].fixed[0].introduced_by] | @csv')" 3,2 \
	'introduced and fixed name each other'
like "$(report '.patches[0].message_id')" '@' 'Message-IDs'
like "$out" '^2/3 KVM: x86: Send it$' 'text: a patch'
like "$out" '^introduced by 2/3: .*, fixed later by 3/3$' 'text: what it did'
like "$err" '^icrfix: 3 patches: nothing introduced$' 'the summary'
gzip -c ../series.mbox >../series.mbox.gz
lint 0 "$all" 'gzip' --base "$base" ../series.mbox.gz
mkdir -p ../md/cur ../md/new ../md/tmp
git mailsplit -o../md/cur ../series.mbox >/dev/null
lint 0 "$all" 'a maildir' --base "$base" ../md
for how in '<' 'cat'; do
	case $how in
	'<') run sh -c "'$ICRFIX' lint --format json --base $base - <../series.mbox" ;;
	*) run sh -c "cat ../series.mbox | '$ICRFIX' lint --format json --base $base -" ;;
	esac
	cp "$home/out" "$home/report.json"
	is "$status $(verdicts)" "0 $all" "standard input, $how"
done
refused 75 '127\.0\.0\.1' 'a Message-ID goes to the archive' -c icrfix.loreUrl=http://127.0.0.1:1/ \
	--base "$base" some.one@example.org
refused 75 '127\.0\.0\.1' '... one with two dots too' -c icrfix.loreUrl=http://127.0.0.1:1/ \
	--base "$base" 2021..one@example.org
refused 2 'is no file' 'nothing of that name' nosuch
refused 2 'there is no mail' 'no mail' $kvm/lapic.c
refused 2 'nosuch.*--base' 'an unknown base' --base nosuch ../series.mbox
one 1 ../series.mbox >../cover.eml
refused 2 'there is no patch in it' 'a cover letter alone' ../cover.eml

# Date: is the author's, and a series that was put in another order has them in any.
test_begin 'what git format-patch writes'
in_repo repo
write_series
cd ../work || exit
for commit in topic~2 topic~1 topic; do
	git rev-parse -q --verify made >/dev/null || git branch made "$base"
	git switch -q made && git cherry-pick "$commit" >/dev/null
	year=$((${year:-2027} - 3))
	git commit -q --amend --no-edit --author="Somebody $year <a$year@example.org>" \
		--date="$year-05-05 12:00:00 +0000"
done
cd ../repo || exit
for how in --thread=shallow --thread=deep --no-thread; do
	for cover in --cover-letter --no-cover-letter; do
		git -C ../work format-patch -q --stdout "$how" "$cover" "$base..made" >../series.mbox
		lint 0 "$all" "$how $cover" --base "$base" ../series.mbox
		is "$(report '[.patches[].applied] | unique | @csv')" '"exact"' "$how $cover: all are there"
	done
done

test_begin 'an archive'
why=$(lore_missing)
if [ -z "$why" ]; then
	in_repo repo
	write_series
	mails --cover-letter "$base..topic" >../series.mbox
	sed -i 's/^Message-Id: <cover[^>]*>/Message-Id: <cover..two.dots@example.org>/I
		s/^\(In-Reply-To\|References\): <cover[^>]*>/\1: <cover..two.dots@example.org>/' ../series.mbox
	mkdir ../split && git mailsplit -o../split ../series.mbox >/dev/null
	lore_start "$home/lore" ../split/*
	trap 'lore_stop; tap_end' EXIT
	id=$(sed -n 's/^Message-I[dD]: <\(.*\)>/\1/p' ../split/0003)
	git config icrfix.loreUrl "$lore_url"
	lint 0 "$all" 'by Message-ID' --base "$base" "$id"
	lint 0 "$all" 'by URL' --base "$base" "$lore_url$id/"
	lint 0 "$all" 'a Message-ID with two dots' --base "$base" cover..two.dots@example.org
	lint 0 "$all" 'by a search' --base "$base" --query 's:Send'
	lint 0 "$all" 'from the cache' --offline --base "$base" "$id"
	lore_stop
	trap tap_end EXIT
else
	skip "$why" 15
fi

test_begin 'a patch that does not apply'
in_repo repo
write_series
cd ../work && git switch -q -c broken topic~3 || exit
echo '/* away */' >$kvm/away.h && commit 'not in the series'
{ echo '#include "lapic.h"' && split early; } >$kvm/early.c
sed -i 's/away/gone/' $kvm/away.h
commit 'KVM: x86: Two files'
split send >>$kvm/lapic.c
commit 'KVM: x86: Send it'
cd ../repo || exit
mails broken~2..broken >../series.mbox
refusal='2 introduced icr-split-write lapic.c send'
lint 3 "$refusal" 'the rest is looked at' --base "$base" ../series.mbox
is "$(report '.patches[0] | "\(.applied) \(.refused.path) \(.refused.hunk)"')" \
	"no $kvm/away.h null" 'the file'
is "$(report '.patches[0].tree')" "$(git rev-parse "$base^{tree}")" 'the tree is as before it'
is "$(report '.patches[1] | [.applied, .without[]] | @csv')" '"exact",1' 'the next is without it'
like "$out" "^  does not apply: $kvm/away\.h: " 'text: the file'
like "$out" '^2/2 KVM: x86: Send it .*\(without 1/2\)$' 'text: without'
like "$err" '^icrfix: 2 patches: 1 finding introduced, 1 PATCH DOES NOT APPLY$' 'the summary'
lint 3 '' '--strict stops there' --strict --base "$base" ../series.mbox
is "$(report '[.patches[].applied] | @csv')" '"no","not tried"' 'and says so'
like "$out" '^  was not tried' 'text: not tried'
like "$err" '2 PATCHES DO NOT APPLY' 'the summary: neither is in the tree'
sed -i 's/^ \treturn kvm_lapic_reg_write/ \treturn kvm_other_write/' ../series.mbox
lint 3 '' 'a hunk whose context is not there' --base "$base" --no-3way ../series.mbox
is "$(report '.patches[1].refused | "\(.path) \(.hunk) \(.line > 0)"')" \
	"$kvm/lapic.c 1 true" 'the hunk, and its line in the diff'
like "$out" 'lapic\.c: hunk 1 of 1 does not fit' 'text: the hunk'

test_begin 'how a patch gets into the tree'
in_repo repo
write_series
mails "$base..topic~1" >../series.mbox
found='2 introduced icr-split-write lapic.c send'
sed -i '1i // a line above all\n// and one more' $kvm/lapic.c
commit 'other lines'
lint 1 "$found" 'at another line' --base HEAD ../series.mbox
is "$(report '[.patches[].applied] | @csv')" '"moved","moved"' 'is told'
like "$out" '\(at another line\)' 'text: at another line'
sed -i '/^int kvm_x2apic_msr_write/,/^}/ s/= vcpu->arch/= (vcpu)->arch/' $kvm/lapic.c
commit 'other context'
lint 1 "$found" 'by a 3-way merge' --base HEAD ../series.mbox
is "$(report '.patches[0].applied')" 3-way 'is told'
like "$out" '\(by a 3-way merge\)' 'text: by a 3-way merge'
lint 3 "$found" '--no-3way' --no-3way --base HEAD ../series.mbox
is "$(report '.patches[0].applied')" no 'and then it does not apply'
git reset -q --hard "$base"
mails "$base..topic~2" >../series.mbox
git -C ../work switch -q topic~2 --detach
cp ../work/$kvm/lapic.c $kvm/lapic.c
commit 'all of it'
lint 0 '' 'the tree has it already' --base HEAD ../series.mbox
is "$(report '[.patches[].applied] | @csv')" '"already"' 'is told'
like "$out" '\(the tree has it already\)' 'text: it has it already'

test_begin 'verdicts in a series'
in_repo repo full
git clone -q . ../work && cd ../work && git switch -q -c topic || exit
sed -i 's/APIC_ICR2, icrh/APIC_ICR2, (u32)icrh/' $kvm/svm/avic.c
commit 'change one'
git mv $kvm/x86.c $kvm/x87.c
commit 'rename a file'
git rm -q $kvm/svm/avic.c
commit 'delete a file'
macro SEND >>$kvm/lapic.c
commit 'a macro'
cd ../repo || exit
mails "$base..topic" >../series.mbox
lint 3 '1 changed icr-split-write svm/avic.c avic_incomplete_ipi_interception
2 moved apic-deref x87.c handle_fastpath_set_x2apic_icr_irqoff
2 moved icr-split-write x87.c handle_fastpath_set_x2apic_icr_irqoff
3 fixed icr-split-write svm/avic.c avic_incomplete_ipi_interception' 'changed, moved, fixed' \
	--base "$base" ../series.mbox
is "$(report '.not_analysed[] | "\(.patch) \(.function) \(.rev)"')" '4 SEND null' 'not analysed'
git -C ../work format-patch -q --stdout -M --binary "$base..topic~1" >../series.mbox
lint 0 "$(verdicts)" 'without the macro' --base "$base" ../series.mbox

test_begin 'patches that are missing'
in_repo repo
write_series
mails "$base..topic~1" >../series.mbox
one 2 ../series.mbox >../second.eml
{ one 1 ../series.mbox && echo && sed 's/2\/2/3\/3/; s/^Message-I[dD]: </&x/' ../second.eml; } |
	sed 's/1\/2/1\/3/' >../gap.mbox
lint 3 '3 introduced icr-split-write lapic.c send' 'in the middle' --base "$base" ../gap.mbox
is "$(report '.patches[1] | "\(.n)/\(.m) \(.applied)"')" '2/3 missing' 'is told'
is "$(report '[.patches[2].without[]] | @csv')" 2 'and what comes after is without it'
like "$out" '^  is missing$' 'text'
like "$err" '1 PATCH IS MISSING' 'the summary'

test_begin 'one mail alone'
in_repo repo
write_series
mails --cover-letter "$base..topic" >../series.mbox
one 1 ../series.mbox >../cover.eml
one 3 ../series.mbox >../second.eml
one 4 ../series.mbox >../third.eml
b4() {
	run sh -c "'$ICRFIX' lint -q --format b4 --base $base - <'$1'"
	cp "$home/out" "$home/b4.json"
}
lint 1 '2 introduced icr-split-write lapic.c send' 'the others do not count' --base "$base" ../second.eml
is "$(report '.patches | length')" 1 'only it is in the report'
is "$(report '[.notes[] | select(test("2 of the 3 patches"))] | length')" 1 'one line says what is missing'
is "$(report '.patches[0].without | length')" 0 'and nothing else does'
b4 ../second.eml
is "$status $(jq -r '.[] | [.tool, .status, .summary] | @csv' "$home/b4.json")" \
	'1 "icrfix","fail","1 patch: 1 finding introduced"' 'b4: a finding'
ok 'b4: the shape that it reads' valid_b4 "$home/b4.json"
like "$(jq -r '.[0].details' "$home/b4.json")" 'lapic\.c:[0-9]+:2: warning: ' 'b4: the details'
unlike "$(cat "$home/b4.json")" 'u001b' 'b4: without colour'
is "$err" '' '-q: nothing on stderr'
b4 ../third.eml
is "$status $(jq -r '.[].status' "$home/b4.json")" '3 warn' 'b4: it does not apply by itself'
ok 'b4: the shape' valid_b4 "$home/b4.json"
mails "$base..topic~2" >../first.eml
b4 ../first.eml
is "$status $(jq -r '.[].status' "$home/b4.json")" '0 pass' 'b4: clean'
b4 ../cover.eml
is "$status $(cat "$home/b4.json")" '0 []' 'b4: a cover letter'
lint 0 '' 'a cover letter, with other formats' --format b4="$home/b4.json" --base "$base" ../cover.eml
is "$(report .base.how)" none 'has no base'
unlike "$out" 'null' 'text: no null'
sed 's/^Subject: /&Re: /' ../second.eml | sed '/^---$/,$d' >../reply.eml
b4 ../reply.eml
is "$status $(cat "$home/b4.json")" '0 []' 'b4: a reply'
: >../empty
b4 ../empty
is "$status" 2 'b4: no mail at all'

test_begin 'the base: told'
in_repo repo
write_series
plain 1 >$kvm/other.c && commit 'another one'
git -C ../work fetch -q
git -C ../work rebase -q origin/linux-5.10.y topic~1 && git -C ../work switch -q -C topic
mails --base=origin/linux-5.10.y origin/linux-5.10.y..topic >../series.mbox
plain 2 >$kvm/later.c && commit 'and one'
found='2 introduced icr-split-write lapic.c send'
lint 1 "$found" 'base-commit' ../series.mbox
is "$(report '[.base.how, .base.commit] | @csv')" "\"told\",\"$(git rev-parse HEAD~1)\"" 'is taken'
like "$out" "^base: [0-9a-f]{12}, the series' base-commit" 'and told'
lint 1 "$found" '--base wins' --base HEAD ../series.mbox
is "$(report .base.how)" given 'over base-commit'
sed -i "s/^base-commit: .*/base-commit: 1234567890123456789012345678901234567890/" ../series.mbox
lint 1 "$found" 'a base-commit that is not here' ../series.mbox
is "$(report .base.how)" guessed 'is guessed'
like "$out" "^note: the series' base-commit 1234567890.* is not in this repository" 'and told'

# commit_at DAYS MESSAGE: so many days after the base.
commit_at() {
	clock=$((1631312933 + $1 * 86400 - 60))
	commit "$2"
}

test_begin 'the base: guessed'
in_repo repo
write_series
mails "$base..topic~1" >../series.mbox
found='2 introduced icr-split-write lapic.c send'
lint 1 "$found" 'by the blobs' ../series.mbox
is "$(report '[.base.how, .base.commit, .base.matched, .base.of, .base.ties] | @csv')" \
	"\"guessed\",\"$base\",1,1,0" 'which, and how well it matches'
like "$out" "^base: ${base:0:12} \(\"sample\"\), guessed: it has 1 of the 1 files as the series knows them$" \
	'text'
plain 1 >$kvm/other.c && commit_at 3 'three days after'
lint 1 "$found" 'the newest of two' ../series.mbox
is "$(report '[.base.commit, .base.ties] | @csv')" "\"$(git rev-parse HEAD)\",1" 'and one tie'
like "$out" 'guessed: .*; so have 1 other commits?, this one is the newest' 'text: ties'
plain 2 >$kvm/other.c && commit_at 8 'eight days after'
lint 1 "$found" 'more than a week after is too late' ../series.mbox
is "$(report .base.commit)" "$(git rev-parse HEAD~1)" 'and is not taken'
sed -i 's/^void kvm_apic_send_ipi/__visible &/' $kvm/lapic.c
git commit -q --amend -a --date='1631400000 +0000' -m amended
GIT_COMMITTER_DATE='1631400000 +0000' git commit -q --amend --no-edit
lint 1 "$found" 'another blob does not match' ../series.mbox
is "$(report .base.commit)" "$(git rev-parse HEAD~1)" 'and is not taken'

test_begin 'the base: where it is sought'
in_repo repo
write_series
mails "$base..topic~1" >../series.mbox
found='2 introduced icr-split-write lapic.c send'
git switch -q -c old
git commit -q --amend --date='1600000000 +0000' --allow-empty -m old
GIT_COMMITTER_DATE='1600000000 +0000' git commit -q --amend --no-edit
git branch -q -D linux-5.10.y
refused 2 'from 60 days before .* to 7 days after .*--base REV.*icrfix\.guessDays' \
	'nothing in the window' ../series.mbox
lint 1 "$found" 'icrfix.guessDays' -c icrfix.guessDays=2000 ../series.mbox
sed -i 's/^void kvm_apic_send_ipi/__visible &/' $kvm/lapic.c
commit_at 0 'other'
git switch -q --detach "$base"
lint 1 "$found" 'a HEAD that is detached' ../series.mbox
git switch -q old
git update-ref refs/remotes/origin/linux-5.10.y "$base"
lint 1 "$found" 'a remote branch' ../series.mbox
git update-ref -d refs/remotes/origin/linux-5.10.y
git tag v1 "$base"
refused 2 'has any of the 1 files' 'not a tag' ../series.mbox
cd .. && git clone -q --depth 1 --branch old "file://$PWD/repo" shallow && cd shallow || exit
refused 2 'this clone is shallow.*fetch-depth: 0.*GIT_DEPTH' 'in a shallow clone' ../series.mbox
cd ../repo || exit
sed -i '/^index /d' ../series.mbox
refused 2 'neither a base-commit nor .*--base REV' 'a series without index lines' ../series.mbox
lint 1 "$found" '... with --base' --base "$base" ../series.mbox

test_begin 'the base: new files only'
in_repo repo
git clone -q . ../work && cd ../work || exit
{ echo '#include "lapic.h"' && split send; } >$kvm/send.c && commit 'one'
sed -i 's/data >> 32/data >> 0x20/' $kvm/send.c && commit 'two'
cd ../repo || exit
git -C ../work format-patch -q --stdout "$base..HEAD" >../series.mbox
commit_at 300 'much later'
lint 1 '1 introduced icr-split-write send.c send
2 changed icr-split-write send.c send' 'is HEAD' ../series.mbox
is "$(report '[.base.how, .base.commit, .base.of] | @csv')" "\"guessed\",\"$(git rev-parse HEAD)\",0" 'is told'
like "$out" '^base: HEAD \([0-9a-f]{12}\), since the series only adds files$' 'text'
git checkout -q --orphan nothing && git rm -rfq .
refused 2 'there is no HEAD' 'where there is none' ../series.mbox

test_begin 'a partial clone'
in_repo repo
write_series
mails "$base..topic~1" >../series.mbox
git config uploadpack.allowFilter true
cd .. && git clone -q --filter=blob:none --no-checkout "file://$PWD/repo" partial && cd partial || exit
refused 2 "$kvm/lapic\.c.*git .*cat-file blob" 'a missing object: path and command' ../series.mbox

test_begin 'formats'
in_repo repo
write_series
mails "$base..topic~1" >../series.mbox
run icrfix lint --base "$base" --format github ../series.mbox
cp "$home/out" ../commands
is "$status" 1 'GitHub: status'
ok 'GitHub: workflow commands' ci_format github ../commands
is "$(ci_format github ../commands | jq -r '.[] | "\(.kind) \(.file) \(.title)"')" \
	"warning $kvm/lapic.c icr-split-write" 'GitHub: the finding'
like "$(cat ../commands)" 'third in lapic\.c .*\(patch 2/2\)' 'GitHub: which site, and which patch'
run icrfix lint --base "$base" --format gitlab ../series.mbox
cp "$home/out" ../report.json
ok 'GitLab: a code quality report' ci_format gitlab ../report.json
is "$status $(jq -r '.[] | "\(.check_name) \(.location.path)"' ../report.json)" \
	"1 icr-split-write $kvm/lapic.c" 'GitLab: the finding'
run icrfix lint --base "$base" --format sarif ../series.mbox
is "$status $(jq -r '.runs[0].results[].ruleId' <<<"$out")" '1 icr-split-write' 'SARIF'
run icrfix lint --base "$base" --format text --format json=../r.json --format b4=../b4.json \
	--format github=../gh ../series.mbox
is "$status" 1 'several at once: status'
ok 'several at once: JSON' valid lint ../r.json
ok 'several at once: b4' valid_b4 ../b4.json
ok 'several at once: GitHub' ci_format github ../gh

test_begin 'hostile'
in_repo repo
write_series
mails "$base..topic~1" >../series.mbox
esc=$(printf '\033')
sed "s/^Subject: .*2\/2\]/&$esc]0;owned$esc\\\\ /" ../series.mbox >../escape.mbox
lint 1 '2 introduced icr-split-write lapic.c send' 'escapes in a subject' --base "$base" ../escape.mbox
unlike "$out$err" "$esc" 'reach no terminal'
run icrfix lint --base "$base" --format b4 ../escape.mbox
unlike "$(jq -r '.[0].details' <<<"$out")" "$esc" 'nor b4'
for path in ../outside.c .git/config $kvm/../../../../x.c; do
	sed "s,[ab]/$kvm/lapic\.c,a/$path,g" ../series.mbox >../path.mbox
	lint 3 '' "a path $path" --base "$base" ../path.mbox
	is "$(report '[.patches[].applied] | unique | @csv')" '"no"' "a path $path: is refused"
done
sed 's/^@@ -1,1 /@@ -99999999999,1 /; s/^@@ -[0-9]*/@@ -4294967295/' ../series.mbox >../number.mbox
run icrfix lint --base "$base" ../number.mbox
like "$status" '^[13]$' 'a line number beyond all: no crash'

done_testing

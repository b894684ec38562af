#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix lint on revision ranges: each commit beside its own parents; what is
# introduced, fixed, changed and moved, and what could not be looked at.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/lint.sh
. "$tests/lib/lint.sh"

test_begin 'introduced'
in_repo repo
split send >>$kvm/lapic.c
commit 'send it'
lint 1 '1 introduced icr-split-write lapic.c send' 'a third split' "$base..HEAD"
is "$(report '.patches[0].introduced[0].ordinal')" 'the third in lapic.c' 'the third of its file'
is "$(report '.patches[0].introduced[0].others | map(.function) | join(" ")')" \
	'kvm_x2apic_msr_write kvm_hv_vapic_msr_write' 'the others'
like "$out" 'the third in lapic\.c; the others are$' 'text: which one it is'
like "$out" "^    $kvm/lapic\.c:[0-9]+ in kvm_hv_vapic_msr_write\(\)" 'text: the others'
like "$out" "'icrfix backport --refactor write64 --to BRANCH'" 'text: what brings the helper'
like "$out" "^base: each commit's own parent" 'text: the base'
is "$(report '[.base.how, .base.commit, .title, .patches[0].applied, .patches[0].commit]
	| @csv')" "\"parent\",,,\"commit\",\"$(git rev-parse HEAD)\"" 'JSON: the base, the commit'
is "$(report '.patches[0] | [.subject, .tree, .message_id] | @csv')" \
	"\"send it\",\"$(git rev-parse 'HEAD^{tree}')\"," 'JSON: subject and tree'
like "$err" '^icrfix: 1 commit: 1 finding introduced$' 'the summary'
{ echo '#include "lapic.h"' && split post; } >$kvm/post.c
commit 'in another file'
lint 1 '1 introduced icr-split-write post.c post' 'a new file' HEAD~1..
is "$(report '.patches[0].introduced[0].ordinal')" \
	"the first in post.c and the fourth under $kvm" 'the fourth of the tree'
lint 1 $'1 introduced icr-split-write lapic.c send\n2 introduced icr-split-write post.c post' \
	'two commits' "$base..HEAD"
{ split a && split b; } >>$kvm/post.c
commit 'two at once'
lint 1 $'1 introduced icr-split-write post.c a\n1 introduced icr-split-write post.c b' \
	'two sites in one commit' HEAD~1..HEAD
is "$(report '.patches[0].introduced | map(.ordinal) | join("; ")')" \
	"the second in post.c and the fifth under $kvm; the third in post.c and the sixth under $kvm" \
	'each has its own number'
sed -i '/^int a(/,/^}/ s/^\treturn \(.*\)$/\t\1\n\tkvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));\n&/' \
	$kvm/post.c
commit 'the same text once more'
lint 1 '1 introduced icr-split-write post.c a' 'an equal one in the same function' HEAD~1..HEAD

test_begin 'nothing new'
in_repo repo full
sed -i '1i // a line above all' $kvm/*.c $kvm/svm/*.c
commit 'lines move'
sed -i 's/APIC_ICR2, icrh/APIC_ICR2,  icrh/; s|kvm_lapic_reg_write(apic, APIC_ICR, icrl)|& /* low */|' \
	$kvm/svm/avic.c
commit 'white space and comments'
echo more >>MAINTAINERS
commit 'another file'
commit 'no file at all'
lint 0 '' 'lines, blanks, comments, other files' "$base..HEAD"
is "$(report '.patches | length')" 4 'all commits are in the report'
like "$err" '^icrfix: 4 commits: nothing introduced$' 'the summary'
lint 0 '' 'an empty range' HEAD..HEAD
lint 0 '' 'a range the other way round' "HEAD..$base"
is "$(report '.patches | length')" 0 'has no commits'

test_begin 'fixed'
in_repo repo full
sed -i '/APIC_ICR2, icrh/d' $kvm/svm/avic.c
commit 'mend one'
lint 0 '1 fixed icr-split-write svm/avic.c avic_incomplete_ipi_interception' 'one' HEAD~1..HEAD
like "$out" "^fixed by [0-9a-f]{12}: $kvm/svm/avic\.c:19 in avic_incomplete_ipi_interception\(\) \[icr-split-write\]" \
	'text: the line that it had'
like "$err" '^icrfix: 1 commit: 1 fixed$' 'the summary'
git rm -q $kvm/x86.c
commit 'delete a file'
lint 0 '1 fixed apic-deref x86.c handle_fastpath_set_x2apic_icr_irqoff
1 fixed icr-split-write x86.c handle_fastpath_set_x2apic_icr_irqoff' 'a file that is deleted' HEAD~1..HEAD
git rm -rq $kvm
commit 'delete the directory'
gone='1 fixed icr-split-read lapic.c kvm_hv_vapic_msr_read
1 fixed icr-split-read lapic.c kvm_x2apic_msr_read
1 fixed icr-split-write lapic.c kvm_hv_vapic_msr_write
1 fixed icr-split-write lapic.c kvm_x2apic_msr_write
1 fixed vicr-read32 lapic.c kvm_apic_write_nodecode'
lint 0 "$gone" 'a directory that is deleted' HEAD~1..HEAD
git revert --no-edit HEAD >/dev/null
back=${gone//fixed/introduced}
lint 1 "$back" 'and is back' HEAD~1..HEAD
lint 1 "$gone"$'\n'"${back//1 introduced/2 introduced}" 'each commit by itself' HEAD~2..HEAD

test_begin 'changed'
in_repo repo
split send >>$kvm/lapic.c
commit 'send'
sed -i '/^int send/,/^}/ s/(u32)(data >> 32)/data >> 32/' $kvm/lapic.c
commit 'without a cast'
lint 0 '1 changed icr-split-write lapic.c send' 'other text' HEAD~1..HEAD
is "$(report '.patches[0].changed[0].was | "\(.path):\(.line) \(.function)"')" \
	"$kvm/lapic.c:79 send" 'where it was'
like "$out" "^changed by [0-9a-f]{12}: $kvm/lapic\.c:79 in send\(\) \[icr-split-write\]" 'text'
like "$err" '^icrfix: 1 commit: nothing introduced$' 'the summary'

test_begin 'moved'
in_repo repo
{ echo '#include "lapic.h"' && plain 1 && split send && plain 2; } >$kvm/send.c
commit 'send'
sed -i 's/^int send/int post/' $kvm/send.c
commit 'another name'
lint 0 '1 moved icr-split-write send.c post' 'to another function' HEAD~1..HEAD
is "$(report '.patches[0].moved[0].was | "\(.path):\(.line) \(.function)"')" "$kvm/send.c:12 send" \
	'where it was'
like "$out" "^moved by [0-9a-f]{12}: $kvm/send\.c:12 in send\(\) to $kvm/send\.c:12 in post\(\) \[" \
	'text: from where and where to'
{ echo '#include "lapic.h"' && split post; } >$kvm/post.c
{ echo '#include "lapic.h"' && plain 1 && plain 2; } >$kvm/send.c
commit 'another file'
lint 0 '1 moved icr-split-write post.c post' 'to another file' HEAD~1..HEAD
lint 0 $'1 moved icr-split-write send.c post\n2 moved icr-split-write post.c post' \
	'twice' HEAD~2..HEAD
{ split post && split again; } >>$kvm/lapic.c
: >$kvm/post.c
commit 'moved and copied'
lint 1 $'1 introduced icr-split-write lapic.c again\n1 moved icr-split-write lapic.c post' \
	'one was moved, its copy is new' HEAD~1..HEAD

test_begin 'renamed files'
in_repo repo
{ echo '#include "lapic.h"' && plain 1 && plain 2 && plain 3 && split send; } >$kvm/send.c
commit 'send'
git mv $kvm/send.c $kvm/post.c
commit 'the same file'
lint 0 '1 moved icr-split-write post.c send' 'as it was' HEAD~1..HEAD
git mv $kvm/post.c $kvm/svm.c
sed -i 's/plain_2/other_2/' $kvm/svm.c
commit 'with another change'
lint 0 '1 moved icr-split-write svm.c send' 'with a change elsewhere in it' HEAD~1..HEAD
git mv $kvm/svm.c $kvm/vmx.c
sed -i 's/(u32)(data >> 32)/data >> 32/' $kvm/vmx.c
commit 'with this change'
lint 0 '1 changed icr-split-write vmx.c send' 'with a change of the site' HEAD~1..HEAD
is "$(report '.patches[0].changed[0].was.path')" $kvm/svm.c 'where it was'
mkdir drivers && git mv $kvm/vmx.c drivers/vmx.c
commit 'out of the way'
lint 0 '1 fixed icr-split-write vmx.c send' 'out of the paths of the rule' HEAD~1..HEAD
git mv drivers/vmx.c $kvm/vmx.c
commit 'and back'
lint 1 '1 introduced icr-split-write vmx.c send' 'into the paths of the rule' HEAD~1..HEAD
git mv $kvm/vmx.c $kvm/vmx.txt
commit 'no C file'
lint 0 '1 fixed icr-split-write vmx.c send' 'to a file that is no C' HEAD~1..HEAD

test_begin 'fixed later in the range'
in_repo repo
split send >>$kvm/lapic.c
commit 'one'
sed -i '/^int send/,/^}/ s/(u32)(data >> 32)/data >> 32/' $kvm/lapic.c
commit 'two'
mend send $kvm/lapic.c
commit 'three'
lint 0 '1 introduced icr-split-write lapic.c send
2 changed icr-split-write lapic.c send
3 fixed icr-split-write lapic.c send' 'introduced, changed, fixed' "$base..HEAD"
is "$(report '[.patches[0].introduced[0].fixed_by, .patches[2].fixed[0].introduced_by] | @csv')" 3,1 \
	'JSON: each names the other'
is "$(report '.patches[1].changed[0].introduced_by')" 1 'JSON: the change, too'
is "$(report '.summary | [.introduced, .failing, .fixed] | @csv')" 0,0,0 'JSON: none of it counts'
like "$out" '^introduced by [0-9a-f]{12}: .* in send\(\) \[icr-split-write\], fixed later by [0-9a-f]{12}$' \
	'text: introduced'
like "$out" '^fixed by [0-9a-f]{12}: .* in send\(\) \[icr-split-write\], introduced by [0-9a-f]{12}$' \
	'text: fixed'
like "$err" '^icrfix: 3 commits: nothing introduced$' 'the summary'
lint 1 $'1 introduced icr-split-write lapic.c send\n2 changed icr-split-write lapic.c send' \
	'without the mending it counts' "$base..HEAD~1"
git revert --no-edit HEAD >/dev/null
lint 1 '1 introduced icr-split-write lapic.c send
2 changed icr-split-write lapic.c send
3 fixed icr-split-write lapic.c send
4 introduced icr-split-write lapic.c send' 'and once more' "$base..HEAD"
is "$(report .summary.failing)" 1 'counts once'

test_begin 'severity and rules'
in_repo repo
split send >>$kvm/lapic.c
commit 'a warning'
lint 0 '1 introduced icr-split-write lapic.c send' '--fail-on error' --fail-on error HEAD~1..
is "$(report '.summary | [.introduced, .failing] | @csv')" 1,0 'is told, and does not count'
lint 1 '1 introduced icr-split-write lapic.c send' '--fail-on note' --fail-on note HEAD~1..
printf '\nvoid early(struct kvm_lapic *apic, u32 hi, u32 lo)\n{\n%s\n%s\n}\n' \
	'	kvm_lapic_reg_write(apic, APIC_ICR, lo);' \
	'	kvm_lapic_reg_write(apic, APIC_ICR2, hi);' >>$kvm/lapic.c
commit 'an error'
lint 1 '1 introduced icr-write-order lapic.c early' 'an error' --fail-on error HEAD~1..
lint 0 '' '--rule' --rule vicr-read32 --rule icr-split-read HEAD~1..
refused 2 "note, warning or error, not 'some'" '--fail-on of another word' --fail-on some HEAD~1..
refused 2 "there is no rule 'icr'" '--rule of another name' --rule icr HEAD~1..

test_begin 'merges that only join'
in_repo repo
git switch -q -c topic
split send >>$kvm/lapic.c
commit 'on the topic'
git switch -q linux-5.10.y
sed -i 's/^void kvm_apic_send_ipi/__visible &/' $kvm/lapic.c
commit 'the same file beside it'
git merge -q --no-edit topic
lint 1 '2 introduced icr-split-write lapic.c send' 'is the topic that introduces' "$base..HEAD"
lint 1 '1 introduced icr-split-write lapic.c send' 'seen from the main line' HEAD^1..HEAD
lint 0 '' 'seen from the topic' HEAD^2..HEAD
git switch -q -c other "$base"
sed -i '/^int kvm_hv_vapic_msr_write/,/^}/ s/(u32)(data >> 32)/data >> 32/' $kvm/lapic.c
commit 'changes one'
git switch -q linux-5.10.y
git merge -q --no-edit other
lint 0 '1 changed icr-split-write lapic.c kvm_hv_vapic_msr_write' \
	'what a branch changed is not changed again' HEAD^1..HEAD
git switch -q -c a "$base"
plain 1 >$kvm/a.c && commit a
git switch -q -c b "$base"
{ echo '#include "lapic.h"' && split b; } >$kvm/b.c && commit b
git switch -q -c octopus "$base"
plain 3 >$kvm/c.c && commit c
git merge -q --no-edit a b >/dev/null 2>&1
is "$(git rev-list --parents -n 1 HEAD | wc -w)" 4 'a merge of three'
lint 1 '3 introduced icr-split-write b.c b' 'three branches' "$base..HEAD"
git rm -q $kvm/b.c && commit 'b is gone'
git switch -q -c late a
git merge -q --no-ff --no-edit octopus
lint 0 '' 'a merge that brings what was mended' HEAD^2..HEAD

test_begin 'merges that do more'
in_repo repo
git switch -q -c topic
plain 1 >$kvm/a.c && commit 'on the topic'
git switch -q linux-5.10.y
plain 2 >$kvm/b.c && commit 'beside it'
merge evil topic
split send >>$kvm/lapic.c
commit 'evil'
lint 1 '3 introduced icr-split-write lapic.c send' 'a site in a merge' "$base..HEAD"
lint 1 '2 introduced icr-split-write lapic.c send' 'seen from the main line' HEAD^1..HEAD
git switch -q -c more "$base"
plain 3 >$kvm/c.c && commit 'one more'
git switch -q linux-5.10.y
merge evil more
{ echo '#include "lapic.h"' && split added; } >$kvm/added.c
commit 'evil again'
lint 1 '2 introduced icr-split-write added.c added' 'a file in a merge' HEAD^1..HEAD
git switch -q -c fix
plain 4 >$kvm/d.c && commit 'one more again'
git switch -q linux-5.10.y
plain 5 >$kvm/e.c && commit 'and one'
merge good fix
mend send $kvm/lapic.c
git rm -qf $kvm/added.c
commit 'and mends'
lint 0 $'2 fixed icr-split-write added.c added\n2 fixed icr-split-write lapic.c send' \
	'a merge that mends what both have' HEAD^1..HEAD

test_begin 'merges that change what one side has'
in_repo repo
git switch -q -c topic
split send >>$kvm/lapic.c
commit 'on the topic'
git switch -q linux-5.10.y
sed -i 's/^void kvm_apic_send_ipi/__visible &/' $kvm/lapic.c
commit 'the same file beside it'
merge evil topic
sed -i '/^int send/,/^}/ s/(u32)(data >> 32)/data >> 32/' $kvm/lapic.c
commit 'merge and change'
lint 1 $'1 introduced icr-split-write lapic.c send\n2 changed icr-split-write lapic.c send' \
	'of the second parent' HEAD^1..HEAD
is "$(report '.patches[1].changed[0].was.function')" send 'where it was'
lint 0 '2 changed icr-split-write lapic.c send' 'of the first' HEAD^2..HEAD

test_begin 'a conflict that is resolved'
in_repo repo
sed -i '/^int kvm_hv_vapic_msr_write/,/^}/ s/(u32)(data >> 32)/data >> 32/' $kvm/lapic.c
commit 'ours'
git switch -q -c topic "$base"
sed -i '/^int kvm_hv_vapic_msr_write/,/^}/ s/(u32)(data >> 32)/(u32)(data >> 0x20)/' $kvm/lapic.c
commit 'theirs'
git switch -q linux-5.10.y
merge both topic
git checkout -q --theirs $kvm/lapic.c
commit 'theirs it is'
lint 0 '1 changed icr-split-write lapic.c kvm_hv_vapic_msr_write' 'for one side' HEAD^1..HEAD
git switch -q -C linux-5.10.y HEAD^1
merge both topic
git checkout -q --ours $kvm/lapic.c
sed -i 's/APIC_ICR2, data >> 32/APIC_ICR2, upper_32_bits(data)/' $kvm/lapic.c
commit 'neither'
lint 0 $'1 changed icr-split-write lapic.c kvm_hv_vapic_msr_write\n2 changed icr-split-write lapic.c kvm_hv_vapic_msr_write' \
	'for neither' HEAD^1..HEAD

test_begin 'root commits'
in_repo repo
git switch -q --orphan second
git clean -qfdx
mkdir -p $kvm
{ echo '#include "lapic.h"' && split send; } >$kvm/send.c
commit 'a second root'
lint 1 '1 introduced icr-split-write send.c send' 'a root beside the range' "$base..HEAD"
git switch -q linux-5.10.y
git merge -q --no-edit --allow-unrelated-histories second
lint 1 '1 introduced icr-split-write send.c send' 'merged' "$base..HEAD"
lint 1 $'1 introduced icr-split-write lapic.c kvm_hv_vapic_msr_write\n1 introduced icr-split-write lapic.c kvm_x2apic_msr_write' \
	'the first root of all' "second..HEAD"

test_begin 'what cannot be analysed'
in_repo repo
macro SEND >>$kvm/lapic.c
commit 'a macro'
lint 3 '' 'newly' HEAD~1..HEAD
is "$(report '.not_analysed[] | "\(.patch) \(.function) \(.reason)"')" '1 SEND in a macro' 'is told'
like "$out" "^$kvm/lapic\.c:[0-9]+: not analysed: SEND: in a macro" 'text'
like "$err" '^icrfix: 1 commit: nothing introduced, 1 PLACES? NOT ANALYSED$' 'the summary'
{ plain 1 && split send; } >>$kvm/lapic.c
commit 'beside it'
lint 1 '1 introduced icr-split-write lapic.c send' 'what was so before is no news' HEAD~1..HEAD
git mv $kvm/lapic.c $kvm/apic.c
commit 'another name'
lint 0 "$(printf '1 moved icr-split-write apic.c %s\n' kvm_hv_vapic_msr_write kvm_x2apic_msr_write send)" \
	'nor in a renamed file' HEAD~1..HEAD
lint 3 "2 introduced icr-split-write lapic.c send
$(printf '3 moved icr-split-write apic.c %s\n' kvm_hv_vapic_msr_write kvm_x2apic_msr_write send)" \
	'3 wins over 1' "$base..HEAD"
printf '\nint bad(struct kvm_lapic *apic, u64 data)\n{\n\tgoto nowhere;\n%s\n%s\n}\n' \
	'	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));' \
	'	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);' >>$kvm/apic.c
commit 'control flow that leads nowhere'
lint 3 '' 'a function that spatch does not follow' HEAD~1..HEAD
is "$(report '[.not_analysed[].function] | unique[]')" bad 'is told'
sed -i 's/^\tgoto nowhere;$//' $kvm/apic.c
commit 'and now it can'
lint 1 '1 introduced icr-split-write apic.c bad' 'what it hid is introduced' HEAD~1..HEAD
git switch -q -c topic HEAD~1
plain 7 >$kvm/g.c && commit beside
git switch -q linux-5.10.y
git reset -q --hard HEAD~1
plain 8 >>$kvm/apic.c && commit 'the file itself'
git merge -q --no-edit topic
lint 0 '' 'nor in a merge' HEAD^1..HEAD

# The same commits as git's own, parents first.
test_begin 'what is in a range'
in_repo repo
RANDOM=510
branches=("$base")
for i in {1..40}; do
	git switch -q --detach "${branches[RANDOM % ${#branches[@]}]}"
	other=${branches[RANDOM % ${#branches[@]}]}
	clock=$((1631312933 + RANDOM * 10))
	if [ $((RANDOM % 3)) = 0 ]; then
		GIT_COMMITTER_DATE="$clock +0000" git merge -q --no-ff -m "merge $i" "$other" >/dev/null 2>&1
	else
		echo "$i" >"file$i" && commit "commit $i"
	fi
	branches+=("$(git rev-parse HEAD)")
done
for i in {1..12}; do
	a=${branches[RANDOM % ${#branches[@]}]} b=${branches[RANDOM % ${#branches[@]}]}
	run icrfix lint --format json "$a..$b"
	is "$status $(jq -r '.patches[].commit' <<<"$out" | sort)" \
		"0 $(git rev-list "$a..$b" | sort)" "$i: the commits of git rev-list"
	jq -r '.patches[].commit' <<<"$out" >listed
	# shellcheck disable=SC2016 # for awk
	ok "$i: parents first" awk 'NR == FNR { at[$1] = FNR; next }
		{ for (i = 2; i <= NF; i++) if (at[$i] > at[$1]) exit 1 }' \
		listed <(git rev-list --parents "$a..$b")
done

test_begin 'words'
in_repo repo
split send >>$kvm/lapic.c
commit 'send'
git tag -a -m tagged v1
found='1 introduced icr-split-write lapic.c send'
lint 1 "$found" 'A..' "$base.."
lint 1 "$found" 'a tag, an expression' 'v1^..v1'
lint 1 "$found" 'a name of a branch' "$base..linux-5.10.y"
lint 0 '' '..B is HEAD..B' "..$base"
refused 2 'three dots' 'three dots' "$base...HEAD"
refused 2 "unknown revision 'nosuch'" 'the first end is unknown' nosuch..HEAD
refused 2 "unknown revision 'nosuch'" 'the second end is unknown' HEAD..nosuch
refused 2 'one series or range at a time' 'two ranges' HEAD~1..HEAD HEAD..HEAD
refused 2 '\-\-base' 'a range and --base' --base HEAD HEAD~1..HEAD
refused 2 'is needed' 'no argument'
git tag 'who@host'
lint 0 '' 'an @ in a name of a revision' who@host..HEAD
lint 1 "$found" 'an @ as HEAD' "$base..@"
cp "$tests/mail/plain.eml" "$base..HEAD"
commit 'a file of that name'
refused 2 "is both a file and a range; say 'icrfix lint -- $base\.\.HEAD' for the file" \
	'a file and a range of one name' "$base..HEAD"
lint 1 "$found" 'A..B -- is the range' "$base..HEAD" --
refused 2 'has any of the 1 files as the series knows them' '-- A..B is the file' -- "$base..HEAD"
refused 2 "nosuch\.\.thing.* is no file" '... also when there is none' -- nosuch..thing
refused 2 "'\.\./nosuch' is no file" 'a path with two dots' ../nosuch
refused 2 "sub/\.\./nosuch' is no file" 'a path with two dots within' sub/../nosuch

test_begin 'kinds of repositories'
in_repo repo
split send >>$kvm/lapic.c
commit 'send'
found='1 introduced icr-split-write lapic.c send'
cd $kvm || exit
lint 1 "$found" 'a subdirectory' "$base..HEAD"
is "$(report '.patches[0].introduced[0].path')" $kvm/lapic.c 'paths from the root'
cd "$home/work" || exit
git -C repo worktree add -q ../linked HEAD~1
cd linked || exit
lint 0 '' 'a linked worktree: its HEAD' "$base..HEAD"
lint 1 "$found" 'a linked worktree: all branches' "$base..linux-5.10.y"
cd .. && git clone -q --bare repo bare.git && cd bare.git || exit
lint 1 "$found" 'bare' "$base..HEAD"
cd .. && git clone -q --shared repo shared && cd shared || exit
lint 1 "$found" 'alternates' "$base..HEAD"
cd .. || exit
run icrfix lint -C bare.git "$base..HEAD"
is "$status" 1 '-C'
run icrfix lint "$base..HEAD"
fails_with 2 'repository' 'no repository'

test_begin 'shallow clones'
in_repo repo
for i in 1 2 3 4; do
	{ [ $i = 1 ] && echo '#include "lapic.h"'; split "send$i"; } >>$kvm/send.c
	commit "send$i"
done
cd .. && git clone -q --depth 2 "file://$PWD/repo" shallow && cd shallow || exit
lint 1 '1 introduced icr-split-write send.c send4' 'what is there' HEAD~1..HEAD
refused 2 "unknown revision '$base'.*shallow.*git fetch.*fetch-depth: 0.*GIT_DEPTH" \
	'a base that is missing' "$base..HEAD"
git fetch -q --depth 1 origin "$base" 2>/dev/null
git tag base "$base"
refused 2 'shallow.*parent of commit [0-9a-f]{12} is not here.*git fetch.*fetch-depth: 0.*GIT_DEPTH' \
	'a parent that is missing' base..HEAD
git fetch -q --unshallow
lint 1 "$(for i in 1 2 3 4; do echo "$i introduced icr-split-write send.c send$i"; done)" \
	'with the history fetched' base..HEAD

test_begin 'partial clones'
in_repo repo
split send >>$kvm/lapic.c
commit 'send'
git config uploadpack.allowFilter true
cd .. && git clone -q --filter=blob:none --no-checkout "file://$PWD/repo" partial && cd partial || exit
refused 2 "$kvm/lapic\.c.*git .*(fetch|cat-file|rev-list|checkout|archive|backfill)" \
	'a missing object: path and command' "$base..HEAD"
cd ../repo && git mv $kvm/lapic.c $kvm/apic.c && plain 1 >>$kvm/apic.c && commit 'renamed' || exit
cd ../partial && git fetch -q && refused 2 "$kvm/l?apic\.c.*git .*(fetch|cat-file|rev-list)" \
	'where renames are sought' HEAD..origin/linux-5.10.y
cd ../repo && echo more >>MAINTAINERS && commit 'another file' || exit
cd ../partial && git fetch -q &&
	lint 0 '' 'files that do not matter may be missing' origin/linux-5.10.y~1..origin/linux-5.10.y

done_testing

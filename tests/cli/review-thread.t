#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What replies bring into a review: the code that they propose, the remarks on
# lines, and an older revision with its own remarks.

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm
file=$kvm/lapic.c
reviewer='A Reviewer <reviewer@example.org>'

# in_repo: the sample as a repository, its base being HEAD, and the current directory.
in_repo() {
	sample_repo repo && cd repo || exit
	base=$(git rev-parse HEAD)
	mbox=$home/thread.mbox
	: >"$mbox"
}

# mail ID PARENT FROM DATE SUBJECT <BODY: one more mail of the thread.
mail() {
	{
		echo 'From mboxrd@z Thu Jan  1 00:00:00 1970'
		echo "Message-ID: <$1@example.org>"
		[ -z "$2" ] || echo "In-Reply-To: <$2@example.org>"
		printf 'From: %s\nDate: %s\nSubject: %s\n' "$3" "$4" "$5"
		printf 'Content-Type: text/plain; charset=UTF-8\n\n'
		sed 's/^\(>*From \)/>\1/'
		echo
	} >>"$mbox"
}

author='Test User <test@example.org>'
day='Mon, 13 Sep 2021'

# patch ID PREFIX MINUTE [PARENT]: HEAD as a patch mail, below a cover letter or alone.
patch() {
	{
		git log -1 --format=%b
		echo ---
		git diff HEAD~1
		printf -- '-- \n2.30.0\n'
	} | mail "$1" "${4-}" "$author" "$day 10:$3:00 +0000" "[$2] $(git log -1 --format=%s)"
}

# reply ID PARENT MINUTE TITLE [FROM] <BODY
reply() {
	mail "$1" "$2" "${5:-$reviewer}" "$day 11:$3:00 +0000" "Re: [PATCH] $4"
}

# review STATUS TEXT ARGS...: the report is $home/report.json, its text $out.
review() {
	local want=$1 text=$2
	shift 2
	run icrfix review --format json="$home/report.json" --format text --base "$base" "$@" "$mbox"
	is "$status" "$want" "$text"
}

report() {
	jq -r "$1" "$home/report.json"
}

# A line each: kind, name, whether and where it is in the tree.
proposals() {
	report '.proposals[] | "\(.kind) \(.name) \(.applied) \(.onto)"'
}

# What is said of proposal I: check, function of the line.
said() {
	report ".proposals[$1].notes[] | .check" | sort
}

title='KVM: toy: take the ICR from the page'

# The change that is answered: a 64-bit register, written in halves.
change() {
	python3 - $file <<-'END'
		import sys
		text = open(sys.argv[1]).read()
		old = "\tif (offset == APIC_EOI)\n"
		new = """\tif (apic_x2apic_mode(vcpu->arch.apic) && offset == APIC_ICR) {
		\t\tu64 both = *((u64 *)(vcpu->arch.apic->regs + offset));

		\t\tkvm_lapic_reg_write(vcpu->arch.apic, APIC_ICR2, (u32)(both >> 32));
		\t\tkvm_lapic_reg_write(vcpu->arch.apic, APIC_ICR, (u32)both);
		\t}
		"""
		assert old in text
		open(sys.argv[1], "w").write(text.replace(old, new + old, 1))
	END
	sample_commit . "$title

A guest's write of the register is on the page already.
Take it from there.

Signed-off-by: Test User <test@example.org>"
}

# quote: the patch as a reply quotes it.
quote() {
	echo 'On Mon, Sep 13, 2021, Test User wrote:'
	git diff HEAD~1 | sed 's/^/> /'
}

test_begin 'a function'
in_repo
change
patch p1 PATCH 01
{
	quote
	cat <<-'END'

		This can be:
		void kvm_apic_write_nodecode(struct kvm_vcpu *vcpu, u32 offset)
		{
			struct kvm_lapic *apic = vcpu->arch.apic;
			u64 val = 0;

			if (apic_x2apic_mode(apic)) {
				if (offset != APIC_ICR)
					return 1;
				kvm_lapic_reg_read(apic, offset, 8, &val);
				kvm_lapic_reg_write64(apic, offset, val);
			} else if (offset == APIC_EOI) {
				kvm_lapic_reg_write(apic, APIC_EOI, 0);
			}
		}

		It's shorter, isn't it?
	END
} | reply r1 p1 01 "$title"
review 1 'is looked at'
is "$(proposals)" 'function kvm_apic_write_nodecode true after 1/1' 'it is put in place of the other'
is "$(said 0)" $'reg-read-len\nreturn-value' 'a read that is refused, a value from a void function'
is "$(report '.proposals[0].notes[] | select(.check == "return-value") | "\(.line) \(.evidence)"')" \
	'51 return 1;' 'each on its line of the tree'
is "$(report '.proposals[0].fixes[].rule' | sort)" $'apic-deref\nicr-raw64\nicr-split-write' \
	'what it mends of the patch'
is "$(report '.proposals[0] | "\(.author) \(.message_id) \(.patch)"')" \
	"$reviewer r1@example.org 1" 'who, where, on which patch'
like "$out" '^== proposed: function kvm_apic_write_nodecode\(\)$' 'the text tells it too'
review 1 'and left out' --fresh
is "$(report '.proposals | length')" 0 '--fresh knows of no replies'

test_begin 'a function that keeps the defect'
in_repo
change
patch p1 PATCH 01
reply r1 p1 01 "$title" "$author" <<-'END'
	> Why not a helper?

	It would cost time. Better so?

	void kvm_apic_write_nodecode(struct kvm_vcpu *vcpu, u32 offset)
	{
		struct kvm_lapic *apic = vcpu->arch.apic;

		if (offset == APIC_ICR && apic_x2apic_mode(apic)) {
			u64 val = *((u64 *)(apic->regs + offset));

			kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(val >> 32));
			kvm_lapic_reg_write(apic, offset, (u32)val);
		}
		if (offset == APIC_EOI)
			kvm_lapic_reg_write(apic, APIC_EOI, 0);
	  }

	+ } else {
END
sed -i 's/^  }$/\xc2\xa0 }/' "$mbox"
review 1 'is looked at'
is "$(proposals)" 'function kvm_apic_write_nodecode true after 1/1' 'blanks of mail programs do no harm'
is "$(said 0)" $'icr-raw64\nicr-split-write' 'what stays is told'
like "$(report '.proposals[0].notes[] | select(.check == "icr-split-write") | .text')" \
	'^As in the patch, ' 'and that it was there'

test_begin 'a patch that is the refactor'
in_repo
cp $file "$home/before.c"
python3 - $file "$project/rules/refactors/write64.json" <<-'END'
	import json, sys
	text = open(sys.argv[1]).read()
	helper = "\n".join(json.load(open(sys.argv[2]))["helpers"][0]["text"]) + "\n"
	for part in text.split("/* if this is ICR write vector before command */")[1:]:
	    old = "\n".join(part.split("\n")[1:4]) + "\n"
	    text = text.replace("\t/* if this is ICR write vector before command */\n" + old,
	                        "\treturn kvm_lapic_reg_write64(apic, reg, data);\n", 1)
	place = text.index("/* the CPU has stored")
	open(sys.argv[1], "w").write(text[:place] + helper + ("" if helper.endswith("\n\n") else "\n")
	                             + text[place:])
END
git diff >"$home/helper.diff"
git checkout -q $file
change
patch p1 PATCH 01
{
	quote
	cat <<-END

		A helper would do (patch below).

		From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
		From: $reviewer
		Date: Mon, 13 Sep 2021 11:00:00 +0000
		Subject: [PATCH] KVM: toy: add a helper

		No functional change intended.

		Signed-off-by: $reviewer
		---
		 arch/x86/kvm/lapic.c | 16 +-
		 1 file changed

	END
	cat "$home/helper.diff"
	echo --
} | reply r1 p1 01 "$title"
review 1 'is looked at'
is "$(proposals)" 'patch KVM: toy: add a helper true the base' 'on the tree before'
is "$(said 0)" '' 'nothing to say against it'
is "$(report '.proposals[0].fixes[] | "\(.rule) \(.function)"')" \
	$'icr-split-write kvm_x2apic_msr_write\nicr-split-write kvm_hv_vapic_msr_write' \
	'it mends the two sites'
is "$(report '.proposals[0].equals')" write64 'as the refactor does'
review 1 'again, from the cache'
is "$(report '.proposals[0].equals')" write64 'the same'
sed -i '/^+.*(dest) before/d; s/^\(@@ -[0-9,]* +[0-9]*\),15/\1,14/' "$mbox"
if grep -q '^@@.*,14 @@' "$mbox"; then
	review 1 'with one line less'
	is "$(report '.proposals[0].equals')" null 'it is another'
else
	skip 'the helper is another' 2
fi

test_begin 'diffs'
in_repo
change
cp $file "$home/with.c"
sed -i 's/(u32)(both >> 32)/0/' $file
git diff >"$home/follow.diff"
git checkout -q $file
patch p1 PATCH 01
{
	echo 'On top:'
	echo
	cat "$home/follow.diff"
} | reply r1 p1 01 "$title"
{
	echo 'And this:'
	echo
	sed 's/apic_x2apic_mode/apic_x3apic_mode/' "$home/follow.diff"
} | reply r2 p1 02 "$title"
review 1 'are looked at'
is "$(proposals)" $'diff null true after 1/1\ndiff null false null' 'each on the patch'
like "$(report '.proposals[1].reason')" 'lapic\.c: hunk 1 of 1 does not fit' 'why one does not apply'
like "$out" 'could not be put into the tree: .*lapic\.c: hunk 1' 'in the text too'

test_begin 'what is no proposal'
in_repo
change
patch p1 PATCH 01
{
	cat <<-'END'
		Leave it as it was:

		void kvm_apic_write_nodecode(struct kvm_vcpu *vcpu, u32 offset)
		{
			if (offset == APIC_EOI)
				kvm_lapic_reg_write(vcpu->arch.apic, APIC_EOI, 0);
		}

		or somehow so:

		void kvm_apic_write_nodecode(struct kvm_vcpu *vcpu, u32 offset)
		{
			...
			if (offset == APIC_EOI)
				kvm_lapic_reg_write(vcpu->arch.apic, APIC_EOI, 1);
		}

		> void kvm_apic_write_nodecode(struct kvm_vcpu *vcpu, u32 offset)
		> {
		> }

		@@ -44,6 +44,7 @@ here
		 void kvm_apic_write_nodecode(struct kvm_vcpu *vcpu, u32 offset)
		 {
		+	return;
		 	if (offset == APIC_EOI)
		 }

		if (don't)
		{
			care();
		}

		That's all.
		-- 
		void kvm_apic_write_nodecode(struct kvm_vcpu *vcpu, u32 offset)
		{
		}
	END
} | reply r1 p1 01 "$title"
review 1 'is not looked at'
is "$(proposals)" '' 'as it was, in part, quoted, a piece of a diff, below the signature'

test_begin 'a function that is nowhere'
in_repo
change
patch p1 PATCH 01
reply r1 p1 01 "$title" <<-'END'
	  static int
	  kvm_toy(int a)
	  {
		return a;
	  }
END
review 1 'is listed'
is "$(proposals)" 'function kvm_toy false null' 'but not looked at'
is "$(report '.proposals[0].reason')" 'no file that the patch changes has a function kvm_toy()' 'why'

test_begin 'remarks'
in_repo
change
patch p1 PATCH 01
{
	echo 'On Mon, Sep 13, 2021, Test User wrote:'
	git diff HEAD~1 | sed -n '1,/regs + offset/p' | sed 's/^/> /'
	printf '\nCan this be a helper?\n\n'
	git diff HEAD~1 | sed '1,/regs + offset/d' | sed -n '1,/APIC_ICR2/p' | sed 's/^/>> /'
	printf '\nLost its quote marks, which is no remark on the patch.\n\n'
	git diff HEAD~1 | sed '1,/APIC_ICR2/d' | sed 's/^/> /'
	printf '\nReviewed-by: %s\n' "$reviewer"
} | reply r1 p1 01 "$title"
reply r2 r1 02 "$title" "$author" <<-END
	> > +		u64 both = *((u64 *)(vcpu->arch.apic->regs + offset));
	> Can this be a helper?
	It could.
END
review 1 'in the thread'
is "$(report '.notes[] | select(.check == "icr-raw64") | "\(.said_by) \(.said_in) \(.text)"')" \
	"$reviewer r1@example.org Can this be a helper?" 'one takes the place of the note'
like "$(report '.notes[] | select(.check == "icr-raw64") | .own_text')" '64-bit ICR' 'which is kept'
is "$(report '.notes[] | select(.check == "icr-split-write") | .said_by')" null \
	'other lines have their own'
like "$out" "said already by $reviewer in <r1@example.org>" 'the text names the author'
review 1 'and without' --fresh
is "$(report '[.notes[] | select(.said_by)] | length')" 0 '--fresh repeats what others said'

test_begin 'remarks on a patch that applies at another line'
in_repo
change
git checkout -q -b shifted "$base"
sed -i '/^#include/a \\n\n\n\n' $file
sample_commit . 'four lines more'
shifted=$(git rev-parse HEAD)
git checkout -q linux-5.10.y
patch p1 PATCH 01
{
	git diff HEAD~1 | sed -n '1,/regs + offset/p' | sed 's/^/> /'
	printf '\nCan this be a helper?\n'
} | reply r1 p1 01 "$title"
base=$shifted review 1 'still applies'
is "$(report '.notes[] | select(.said_by and .check == "icr-raw64").line')" 52 \
	'the remark is found by the line in this tree'

# revise BODY-OF-COMMIT: the same change, revised.
revised() {
	git checkout -q "$base"
	change
	sed -i 's/u64 both = \(.*\)/u64 icr = \1/; s/(u32)both/(u32)icr/; s/both >> 32/icr >> 32/' $file
	git add -A && GIT_AUTHOR_DATE='1631312933 +0000' git commit -q --amend -m "$(git log -1 --format=%B)"
}

test_begin 'an older revision'
in_repo
change
patch p1 'PATCH' 01
{
	git diff HEAD~1 | sed -n '1,/offset == APIC_ICR/p' | sed 's/^/> /'
	printf '\nA comment?\n\n'
	git diff HEAD~1 | sed '1,/offset == APIC_ICR/d' | sed 's/^/> /' | sed -n '1p'
	printf '\nWhat a name.\n'
} | reply r1 p1 01 "$title"
revised
patch p2 'PATCH v2' 20
review 1 'in the same mailbox is compared with'
is "$(report '.revisions | "\(.against)"')" 1 'without being asked for'
is "$(report '.revisions.patches[] | "\(.old_n) \(.n) \(.state) \(.subject)"')" \
	"1 1 changed $title" 'a patch has changed'
like "$(report '.revisions.patches[0].diff')" '^\+\+.*u64 icr = ' 'how'
unlike "$(report '.revisions.patches[0].diff')" 'index|@@ -' 'without blob ids and line numbers'
is "$(report '.revisions.remarks[] | "\(.state) \(.side) \(.text)"')" \
	$'same new A comment?\nchanged new What a name.' 'the lines under remarks'
like "$out" '^1/1 -> 1/1 changed: ' 'in the text too'
review 1 'and nobody answered' --fresh
is "$(report '.revisions | "\(.patches | length) \(.remarks | length)"')" '1 0' 'no remarks then'
review 1 'v1 alone' -v 1
is "$(report .revisions)" null 'has none before it'
review 1 'asked for' --against v1
is "$(report .revisions.against)" 1 'by its number'
run icrfix review --base "$base" --against four "$mbox"
fails_with 2 "--against: a revision such as v4" 'a word is none'
run icrfix review --base "$base" --against 2x "$mbox"
fails_with 2 "--against: a revision such as v4" 'nor half a number'

test_begin 'an older revision elsewhere'
in_repo
change
patch p1 'PATCH' 01
mv "$mbox" "$home/old.mbox"
: >"$mbox"
revised
patch p2 'PATCH v2' 20
review 1 'is compared with' --against-from "$home/old.mbox"
is "$(report '.revisions | "\(.against) \(.patches[0].state)"')" '1 changed' 'when it is named'
run icrfix review --base "$base" --against-from "$home/none.mbox" "$mbox"
fails_with 2 'older revision: .*none\.mbox' 'a mailbox that is not there'
run icrfix review --against v1 HEAD~1..HEAD
fails_with 2 'a range has no older revision' 'a range does not know'
run icrfix review --against-from "$home/old.mbox" --format json HEAD~1..HEAD
is "$(jq -r '.revisions.patches[0].state' <<<"$out")" changed 'but may be told'

# Two revisions of N patches out of a seed: kept, edited, rewritten, dropped, moved, new.
# Subjects differ, as git does not look at them.
lines() {
	local i
	for ((i = 1; i <= $2; i++)); do echo "$1 $i"; done
}

# apply_patch REVISION FILE LINES EDITED: LINES new ones, of which EDITED are others.
apply_patch() {
	local at
	at=$((3 + $2 * 2))
	{
		lines base 20 | head -n $at
		lines "file $2" $(($3 - $4))
		lines "file $2 of $1" "$4"
		lines base 20 | tail -n +$((at + 1))
	} >"f$2"
	sample_commit . "$1 $2"
}

# series SEED REVISION: commits, with a fixed choice for each file.
series() {
	local revision=$2 i size kind order
	git checkout -q --detach base
	order=$(seq 1 6)
	RANDOM=$1
	for i in $(seq 1 6); do
		size[i]=$((4 + RANDOM % 8)) kind[i]=$((RANDOM % 6))
	done
	[ "$revision" = new ] && [ $((RANDOM % 2)) = 1 ] && order=$(seq 6 -1 1)
	for i in $order; do
		case $revision${kind[i]} in
		old5 | new4) continue ;;
		new0 | new1) apply_patch "$revision" "$i" "${size[i]}" 1 ;;
		new2) apply_patch "$revision" "$i" "${size[i]}" $((size[i] - 1)) ;;
		*) apply_patch "$revision" "$i" "${size[i]}" 0 ;;
		esac
	done
	git branch -f "$revision" HEAD
}

test_begin 'pairs are those of git range-diff'
git init -q repo && cd repo || exit
for i in $(seq 1 6); do lines base 20 >"f$i"; done
sample_commit . base
git branch base
base=base
mbox=$home/thread.mbox
for seed in 1 2 3 4 5 6 7 8; do
	series $seed old
	series $seed new
	git format-patch -q --stdout --thread --cover-letter -v1 base..old >"$mbox"
	git format-patch -q --stdout --thread --cover-letter -v2 base..new >>"$mbox"
	run icrfix review --format json="$home/report.json" --base base "$mbox"
	report '.revisions.patches[] | "\(.old_n // "-") \({unchanged: "=", changed: "!", new: ">",
		dropped: "<"}[.state]) \(.n // "-")"' | sort >"$home/ours"
	git range-diff --no-color -s base..old base..new |
		sed -nE 's/^ *([0-9-]+): +[0-9a-f-]+ ([=!<>]) +([0-9-]+): .*/\1 \2 \3/p' | sort >"$home/git"
	is "$(cat "$home/ours")" "$(cat "$home/git")" "seed $seed"
done

shared=${ICRFIX_SHARED_MAIL:-$project/../shared/mail}
full=$ICRFIX_TEST_CACHE/linux-5.10-full.git
if ! [ -d "$shared/kvm-ipiv-v4" ]; then
	skip 'no shared mails (ICRFIX_SHARED_MAIL)'
	done_testing
fi

# both REVISION...: these revisions as one maildir.
both() {
	mkdir -p mails/cur mails/new mails/tmp
	for v; do
		for f in "$shared/kvm-ipiv-$v"/*.eml; do cp "$f" "mails/cur/$v-${f##*/}"; done
	done
}

test_begin 'the shared revisions'
sample_repo repo
both v4 v7
run icrfix review -C repo --base HEAD --format json="$home/report.json" "$PWD/mails"
is "$(report '.revisions.patches[] | "\(.old_n // "-") \(.n // "-") \(.state)"')" \
	$'1 1 changed\n2 2 changed\n3 3 unknown\n4 4 changed\n5 5 changed\n- 6 new\n- 7 new\n6 8 changed' \
	'which patch became which'
is "$(report '.revisions.remarks[] | select(.old_n == 5) | "\(.state) \(.side) \(.line)"')" \
	"$(printf 'changed %s\n' 'changelog '{2,4,7,8} 'old 2191' 'new '{2191,2192,2195})" \
	'the remarks on 5/6, each with its line'
is "$(report '[.revisions.remarks[] | select(.old_n == 3) | .state] | unique[]')" unknown \
	'3/8 is not here'

test_begin 'the shared thread'
if ! [ -d "$full" ]; then
	skip 'no kernel tree' 8
	done_testing
fi
both v4
run icrfix review -C "$full" --base HEAD --format json="$home/report.json" "$PWD/mails"
is "$(report '.proposals[] | select(.patch == 5) | "\(.kind) \(.applied) \(.author | sub(" <.*"; ""))"')" \
	$'function true Sean Christopherson\npatch true Sean Christopherson\nfunction true Zeng Guang' \
	'two functions and a patch'
is "$(said 1)" $'reg-read-len\nreturn-value' 'the sketch'
is "$(said 2)" '' 'the embedded patch is clean'
is "$(report '.proposals[2] | "\(.equals) \([.fixes[] | select(.rule == "icr-split-write").function] | join(" "))"')" \
	'write64 kvm_x2apic_msr_write kvm_hv_vapic_msr_write' 'mends two sites and is the refactor'
like "$(said 3)" '^icr-split-write$' 'the counter-proposal keeps the split'
is "$(report '.notes[] | select(.patch == 5 and .check == "icr-split-write") | .said_in')" \
	YTvcJZSd1KQvNmaz@google.com 'the reviewer said it'
is "$(report '.notes[] | select(.patch == 5 and .check == "icr-raw64") | .said_in')" \
	YTvcJZSd1KQvNmaz@google.com 'the read too'
is "$(report '.proposals[0] | "\(.patch) \(.kind)"')" '2 diff' 'the diff in the answer to 2/6'
done_testing

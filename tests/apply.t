#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What icrfix lint makes of a patch, against what git am and git am -3 make of
# it: the same tree, or both refuse it.  The cases are made of what differs
# between real kernel trees (tests/lib/apply-cases.py); the mails of the shared
# threads are applied to the whole of 5.10.

. "$(dirname "$0")/lib/tap.sh"
. "$tests/lib/kernels.sh"

shared=$(realpath -m "$project/../shared/mail")
no_kernels() {
	echo 'Bail out! the kernel trees cannot be had'
	exit 1
}
kernels=$(kernels_repo) || no_kernels
full=$(kernels_full_repo) || no_kernels

# A rule that is quick to ask, as its token stands nowhere.
no_rule() {
	mkdir -p rules/rules rules/cocci
	cat >rules/rules/none.json <<-'END'
		{"icrfix-rule": 1, "id": "none", "title": "nothing", "severity": "note",
		 "confidence": "high", "what": "Nothing.", "why": "None.", "fix": "None.",
		 "cocci": "none.cocci", "paths": ["**"],
		 "tokens": {"all": ["no_such_token_anywhere"]}, "granularity": "function"}
	END
	cat >rules/cocci/none.cocci <<-'END'
		/// Nothing.
		// Confidence: High
		// Options: --no-includes --include-headers
		virtual context
		virtual report
		@depends on context@
		@@
		* no_such_token_anywhere(...)
	END
}

# git_am DIR BRANCH MBOX [OPTION]: "applied", "3-way" or "already", or "no", and the tree.
git_am() {
	local how=no
	git -C "$1" checkout -q -f --detach "$2" && git -C "$1" clean -q -f -d -x || return
	if git -C "$1" am "${@:4}" "$3" >"$1.log" 2>&1; then
		how=applied
		grep -q 'Falling back to patching' "$1.log" && how=3-way
		grep -q 'Patch already applied' "$1.log" && how=already
	fi
	echo "$how $(git -C "$1" rev-parse 'HEAD^{tree}')"
	rm -rf "$1/.git/rebase-apply" "$1/.git/index.lock"
}

# icrfix_lint DIR BRANCH MBOX [OPTION]: the same in the same words.
icrfix_lint() {
	local option=--no-3way
	[ "${4-}" = -3 ] && option=--strict
	"$ICRFIX" lint -C "$1" -q --rules "$PWD/rules" --rule none --strict "$option" --base "$2" \
		--format json "$3" 2>"$1.err" </dev/null | jq -r '.patches
		| map(select(.applied)) | . as $p
		| (if any(.applied == "no") then "no"
		   elif any(.applied == "3-way") then "3-way"
		   elif any(.applied == "already") then "already" else "applied" end)
			+ " " + $p[-1].tree'
	[ ! -s "$1.err" ] || sed 's/^/error: /' "$1.err"
}

# compare DIR: the cases on standard input; prints what each gave.
compare() {
	local n how want class rest theirs ours
	git clone -q --shared --no-checkout cases/target.git "$1" || return
	while IFS='|' read -r rest class; do
		read -r n how want <<<"$rest"
		case $how in
		plain) how= ;;
		merge) how=-3 ;;
		*) how=--$how ;;
		esac
		theirs=$(git_am "$1" "origin/case-$n" "$PWD/cases/$n.mbox" ${how:+"$how"})
		ours=$(icrfix_lint "$1" "origin/case-$n" "$PWD/cases/$n.mbox" ${how:+"$how"})
		[ "$ours" = "$theirs" ] && rest=same || rest=differs
		printf '%s|%s|%s|%s|%s|%s\n' "$class" "$want" "$n" "$rest" "$theirs" "$ours"
	done
}

test_begin 'cases'
no_rule
/usr/bin/python3 "$tests/lib/apply-cases.py" "$kernels" cases || {
	echo 'Bail out! the cases cannot be made'
	exit 1
}
for i in 0 1; do
	awk -v i=$i 'NR % 2 == i' cases/list | compare "work$i" >"result$i" &
done
wait
cat result0 result1 >result
is "$(wc -l <result)" "$(wc -l <cases/list)" 'all were looked at'
while IFS= read -r class; do
	awk -F'|' -v class="$class" '$1 == class' result | sort -t'|' -k3n >of-class
	applied=$(cut -d'|' -f5 of-class | grep -cv '^no ')
	all=$(wc -l <of-class)
	is "$(grep -F '|differs|' of-class)" '' \
		"$class: $all cases, $applied applied, $((all - applied)) refused"
	for want in $(head -n 1 of-class | cut -d'|' -f2); do
		like "$(cut -d'|' -f5 of-class)" "^$want " "$class: $want is among the outcomes"
	done
done < <(cut -d'|' -f2 cases/list | uniq)

# compare_mails DIR [-3]: each mail alone and each thread as a series.
compare_mails() {
	local mbox
	git clone -q --shared --no-checkout "$full" "$1" &&
		git -C "$1" sparse-checkout set --sparse-index arch/x86/include arch/x86/kvm \
			arch/x86/kernel/cpu tools/testing/selftests/kvm || return
	for mbox in "$shared"/kvm-ipiv-*/*-patch-*.eml "$PWD"/kvm-ipiv-*; do
		printf '%s|%s|%s\n' "${mbox#"$PWD/"}" \
			"$(git_am "$1" origin/linux-5.10.y "$mbox" "${@:2}")" \
			"$(icrfix_lint "$1" origin/linux-5.10.y "$mbox" "${@:2}")"
	done
}

test_begin 'the mails'
if [ -d "$shared" ]; then
	no_rule
	for thread in "$shared"/kvm-ipiv-*; do
		cat "$thread"/*-patch-*.eml >"$(basename "$thread")"
	done
	compare_mails work0 >result0 &
	compare_mails work1 -3 >result1 &
	wait
	is "$(cut -d'|' -f2 result0 result1 | cut -d' ' -f1 | sort -u | xargs)" 'applied no' \
		'some apply, some do not'
	for i in 0 1; do
		while IFS='|' read -r mail theirs ours; do
			is "$ours" "$theirs" "${mail#"$shared/"}$([ $i = 0 ] || echo ' -3')"
		done <result$i
	done
else
	skip 'the mails are not beside this project'
fi

done_testing

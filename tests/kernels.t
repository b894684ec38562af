#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# make test-kernel: icrfix on the real trees, against what is known of them.

. "$(dirname "$0")/lib/tap.sh"
. "$tests/lib/kernels.sh"

command -v spatch >/dev/null || skip_all 'no spatch'
repo=$(kernels_repo) || {
	echo 'Bail out! the kernel trees cannot be had'
	exit 1
}
tree510=$(kernels_worktree 5.10)
shared=$(realpath -m "$project/../shared/mail")
kvm=arch/x86/kvm
lapic=$kvm/lapic.c
blob=3a6b1d6ac55e274cb28613ed7d0f5ace82c3b92d
new=icrfix/write64/linux-5.10.y

# The seven of 5.10.262, with lines and functions.
ground_truth() {
	cat <<-END
		$kvm/lapic.c:2205 vicr-read32 kvm_apic_write_nodecode
		$kvm/lapic.c:2812 icr-split-write kvm_x2apic_msr_write
		$kvm/lapic.c:2827 icr-split-read kvm_x2apic_msr_read
		$kvm/lapic.c:2846 icr-split-write kvm_hv_vapic_msr_write
		$kvm/lapic.c:2858 icr-split-read kvm_hv_vapic_msr_read
		$kvm/svm/avic.c:321 icr-split-write avic_incomplete_ipi_interception
		$kvm/x86.c:1874 icr-split-write handle_fastpath_set_x2apic_icr_irqoff
	END
}

# table: of the JSON report in $out, as ground_truth has it.
table() {
	jq -r '.findings[] | "\(.path):\(.line) \(.rule) \(.function)"' <<<"$out"
}

# exact: the package is the one that line numbers and blobs are known of.
exact() {
	[ "$(kernels_version 5.10)" = "$kernels_510" ]
}

# Lines of another version cannot be known, functions can.
comparable() {
	if exact; then cat; else sed 's/:[0-9]* / /'; fi
}

for v in $kernels_versions; do
	diag "linux-source-$v $(kernels_version "$v")"
done
exact || diag "linux-source-5.10 is not $kernels_510 any more: lines are not compared"

# What a scan runs, and what is for lint and review too.
scan_rules=$("$ICRFIX" rules list --format json |
	jq -r '.rules[] | select(.use | index("scan")) | .id' | xargs)
all_rules=$("$ICRFIX" rules list --format json | jq -r '.rules[].id' | xargs)

test_begin 'ground truth'
not_scanned=$(comm -13 <(xargs -n 1 <<<"$scan_rules") <(xargs -n 1 <<<"$all_rules") | xargs)
is "$not_scanned" 'apic-deref wide-copy' 'what is for lint and review only'
run icrfix scan -C "$repo" --format json linux-5.10.y
is "$status" 1 '5.10: status'
is "$(table | comparable)" "$(ground_truth | comparable)" '5.10: the seven'
is "$(jq -c .not_analysed <<<"$out")" '[]' '5.10: nothing was not analysed'
cold=$out
for v in 6.1 6.12; do
	run icrfix scan -C "$repo" --format json "linux-$v.y"
	is "$status $(table)" '0 ' "$v: clean"
	is "$(jq -c .not_analysed <<<"$out")" '[]' "$v: nothing was not analysed"
done
run icrfix scan -C "$repo" --format json linux-5.10.y
is "$(jq -c .findings <<<"$out")" "$(jq -c .findings <<<"$cold")" 'the same from the cache'
run icrfix scan -C "$repo" 'linux-*.y'
like "$out" '^linux-5\.10\.y +0 +2 +4 +0 +0 +0 +1( |$)' 'matrix: 5.10'
like "$out" '^linux-6\.1\.y( +0){7}( |$)' 'matrix: 6.1'
like "$out" '^linux-6\.12\.y( +0){7}( |$)' 'matrix: 6.12'
run icrfix scan --format json "$tree510"
is "$status $(table | comparable)" "1 $(ground_truth | comparable)" 'a plain directory'

test_begin 'whole files'
for v in $kernels_versions; do
	run icrfix scan -C "$repo" --no-cache --format json "linux-$v.y"
	sliced=$status$(jq -c '[.findings, .not_analysed]' <<<"$out")
	run icrfix scan -C "$repo" --no-cache --whole-files --format json "linux-$v.y"
	is "$status$(jq -c '[.findings, .not_analysed]' <<<"$out")" "$sliced" \
		"$v: the same as with slices"
done

test_begin '--all-paths'
for v in $kernels_versions; do
	run icrfix scan -C "$repo" --all-paths --format json "linux-$v.y"
	is "$(table | grep -v "^$kvm/")" '' "$v: silent outside of $kvm"
	is "$(jq -c .not_analysed <<<"$out")" '[]' "$v: nothing was not analysed"
done

test_begin 'advice'
for v in $kernels_versions; do
	run icrfix scan -C "$repo" --rule apic-deref --no-cache --format json "linux-$v.y"
	sliced=$(jq -c '[.findings, .not_analysed]' <<<"$out")
	is "$(jq -c '[.not_analysed, (.findings | length)]' <<<"$out")" '[[],3]' "$v: apic-deref"
	run icrfix scan -C "$repo" --rule apic-deref --no-cache --whole-files --format json \
		"linux-$v.y"
	is "$(jq -c '[.findings, .not_analysed]' <<<"$out")" "$sliced" "$v: the same with whole files"
done

# coccicheck VER RULE: path:line of what the kernel's own machinery says, without
# what is exempted in the rule file, which it cannot read: avic_unaccel_trap_write
# and the helpers of 64 bits.
coccicheck() {
	make -s -C "$(kernels_worktree "$1")" coccicheck MODE=report M=$kvm \
		COCCI="$project/cocci/$2.cocci" >"$home/coccicheck" 2>&1 || echo failed
	sed -nE 's/^([^ :]+:[0-9]+):[0-9]+-[0-9]+: .*/\1/p' "$home/coccicheck" | sort -u |
		grep -vxF "$(exempted "$1" "$2")"
}

exempted() {
	case $2 in
	vicr-read32)
		exempted_lines "$1" $kvm/svm/avic.c \
			'kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));'
		;;
	icr-raw64)
		exempted_lines "$1" $lapic '*((u64 *) (regs + reg))'
		;;
	esac
}

# exempted_lines VER FILE TEXT
exempted_lines() {
	grep -nF "$3" "$(kernels_worktree "$1")/$2" | sed "s|:.*||; s|^|$2:|"
}

test_begin 'make coccicheck'
for v in $kernels_versions; do
	for rule in $all_rules; do
		run icrfix scan -C "$repo" --rule "$rule" --format json "linux-$v.y"
		is "$(coccicheck "$v" "$rule")" "$(table | cut -d' ' -f1 | sort -u)" \
			"$v: $rule: the same lines"
	done
done

# starred: the old lines that the diff of context mode takes away.
starred() {
	awk '/^--- /{ file = FILENAME } /^@@ -/{ line = -$2; next }
		/^(---|\+\+\+) /{ next } /^-/{ print line } /^[- ]/{ line++ }' | sort -nu
}

# named: the lines of report mode, with those in "(with line N)".
named() {
	sed -nE 's/^[^:]*:([0-9]+):[^(]*(\(.*\))?$/\1 \2/p' | grep -oE '[0-9]+' | sort -nu
}

test_begin 'context and report'
for v in $kernels_versions; do
	for rule in $all_rules; do
		context='' report=''
		for file in $(cd "$(kernels_worktree "$v")" &&
			grep -lE 'APIC_ICR2|lapic_reg_write|arch\.apic->' $kvm/*.[ch] $kvm/*/*.[ch]); do
			cd "$(kernels_worktree "$v")" || exit
			spatch='spatch --very-quiet --no-includes --include-headers'
			context+="$file $($spatch -D context --sp-file \
				"$project/cocci/$rule.cocci" "$file" | starred | xargs)"$'\n'
			report+="$file $($spatch -D report --no-show-diff --sp-file \
				"$project/cocci/$rule.cocci" "$file" | named | xargs)"$'\n'
			cd "$home" || exit
		done
		is "$context" "$report" "$v: $rule: the same lines"
	done
done

test_begin 'backport'
git clone -q --shared --bare "$repo" clone.git
run icrfix backport -C clone.git --refactor write64 -o "$PWD/out" \
	--to linux-5.10.y --to linux-6.1.y --to linux-6.12.y
is "$status" 0 'status'
like "$out" 'linux-5\.10\.y.*backported|backported.*linux-5\.10\.y' '5.10 is backported'
like "$out" 'linux-6\.1\.y.*not affected|not affected.*linux-6\.1\.y' '6.1 is not affected'
like "$out" 'linux-6\.12\.y.*not affected|not affected.*linux-6\.12\.y' '6.12 is not affected'
is "$(git -C clone.git for-each-ref --format='%(refname:short)' refs/heads/icrfix)" "$new" \
	'one branch'
is "$(git -C clone.git diff --name-only linux-5.10.y $new)" $lapic 'only lapic.c changed'
if exact; then
	is "$(git -C clone.git rev-parse $new:$lapic)" $blob 'byte for byte what is known'
	like "$out" 'x86\.c:1874' 'x86.c:1874 is left'
	like "$out" 'svm/avic\.c:321' 'svm/avic.c:321 is left'
	like "$(sed '1,/^---$/d; /^diff/,$d' out/*)" 'x86\.c:1874' 'the mail says so'
	like "$(sed '1,/^---$/d; /^diff/,$d' out/*)" 'svm/avic\.c:321' 'and of avic.c'
else
	skip "linux-source-5.10 is not $kernels_510" 5
fi
run icrfix scan -C clone.git --format json $new
is "$status $(table | cut -d' ' -f2 | sort | uniq -c | xargs)" \
	'1 2 icr-split-read 2 icr-split-write 1 vicr-read32' 'a scan of the result: what is left'
run icrfix backport -C clone.git --refactor write64 --to "$new" --dry-run
like "$out" 'not affected' 'again: nothing to do'

test_begin 'git am'
git clone -q --shared --bare "$repo" clone.git
run icrfix backport -C clone.git --refactor write64 -o "$PWD/out" --to linux-5.10.y
git init -q am
git -C am fetch -q ../clone.git linux-5.10.y
git -C am sparse-checkout set $kvm
git -C am checkout -q -b linux-5.10.y FETCH_HEAD
ok 'takes the mail' git -C am am -q "$home"/work/out/*
is "$(git -C am rev-parse 'HEAD^{tree}')" "$(git -C clone.git rev-parse "$new^{tree}")" \
	'and gives the same tree'

# A work tree of 5.10 in am, to be changed; base has its findings by all rules.
thread_begin() {
	local rule
	test_begin "$1"
	every=()
	for rule in $all_rules; do every+=(--rule "$rule"); done
	git clone -q --shared --no-checkout --branch linux-5.10.y "$repo" am
	git -C am sparse-checkout set $kvm
	git -C am checkout -q linux-5.10.y
	base=$(every_rule)
}

# every_rule: rule and function of all findings in am, and what is not analysed.
every_rule() {
	"$ICRFIX" scan -q -C am "${every[@]}" --format json HEAD |
		jq -r '(.findings[] | "\(.rule) \(.function)"), (.not_analysed[] | tostring)' | sort
}

# changed: what the change in am brought, +, and took away, -.
changed() {
	diff <(echo "$base") <(every_rule) | sed -n 's/^> /+/p; s/^< /-/p' | sort | xargs -d '\n'
}

# nodecode OLD NEW: in a commit of its own, kvm_apic_write_nodecode with other text.
nodecode() {
	sed -i "/^void kvm_apic_write_nodecode/,/^}/s/$1/$2/" am/$lapic
	git -C am commit -qam 'another nodecode'
}

thread_begin 'the 64-bit read that the reviewer sketched'
nodecode 'offset, 4, &val' 'offset, 8, \&val'
is "$(changed)" '+reg-read-len kvm_apic_write_nodecode -vicr-read32 kvm_apic_write_nodecode' \
	'is refused in 5.10'
sed -i 's/^\tif (alignment + len > 4)$/\tif (alignment + len > 8)/' am/$lapic
git -C am commit -qam 'take 8 bytes'
is "$(changed)" '-vicr-read32 kvm_apic_write_nodecode' 'and taken when the reader takes it'

thread_begin 'the patches of the thread'
if [ -d "$shared" ]; then
	git -C am am -q "$shared/kvm-ipiv-v4/05-patch-5of6-x2apic-apic-write.eml"
	is "$(changed | sed 's/ kvm_apic_write_nodecode//g')" \
		'+apic-deref +icr-raw64 +icr-split-write +wide-copy -vicr-read32' '5/6'
	for mail in "$shared"/kvm-ipiv-v4/0[12346]-patch-*.eml "$shared"/kvm-ipiv-prep/*-patch-*.eml; do
		git -C am checkout -q --detach linux-5.10.y
		git -C am reset -q --hard "$(git -C "$repo" rev-parse linux-5.10.y)"
		git -C am am -q -C1 "$mail" >am.log 2>&1 || {
			git -C am am --abort
			continue
		}
		unlike "$(changed)" '\+' "${mail#"$shared"/}: nothing new"
	done
else
	skip 'the mails are not beside this project' 8
fi

test_begin 'git apply of the embedded patch'
mail=$shared/kvm-ipiv-v4/05.1-re-seanjc.eml
if [ -f "$mail" ]; then
	git clone -q --shared --bare "$repo" clone.git
	sed -n '/^From c7641cf0c2ea/,$p' "$mail" >embedded.patch
	git -C clone.git read-tree linux-5.10.y
	ok 'applies' git -C clone.git apply --cached "$PWD/embedded.patch"
	applied=$(git -C clone.git ls-files -s $lapic | cut -d' ' -f2)
	run icrfix backport -C clone.git --refactor write64 --to linux-5.10.y
	is "$(git -C clone.git rev-parse $new:$lapic)" "$applied" 'gives the same lapic.c'
else
	skip 'the mails are not beside this project' 2
fi

# series NAME: the mails of the shared directory as a maildir, $home/maildir.
series() {
	mkdir -p "$home/maildir/cur" "$home/maildir/new" "$home/maildir/tmp"
	cp "$shared/$1"/*.eml "$home/maildir/cur"
}

# lint ARGS...: the report is $home/report.json.
lint() {
	run icrfix lint --format json "$@" "$home/maildir"
	cp "$home/out" "$home/report.json"
}

# judged N VERDICT: what patch N of the report did, a sorted line each.
judged() {
	jq -r --argjson n "$1" --arg verdict "$2" '.patches[$n - 1][$verdict][]
		| "\(.rule) \(.path) \(.function)"' "$home/report.json" | sort
}

# The patches of the report whose state is one of these.
in_state() {
	jq -r '[.patches[] | select(.applied | IN($ARGS.positional[])) | .n] | join(" ")' \
		"$home/report.json" --args "$@"
}

# What 5/6 of kvm-ipiv-v4 does wherever it applies.
verdict_of_5() {
	is "$(judged 5 introduced)" "$(printf "%s $lapic kvm_apic_write_nodecode\n" \
		apic-deref icr-raw64 icr-split-write)" "$1: 5/6 introduces"
	is "$(judged 5 fixed)" "vicr-read32 $lapic kvm_apic_write_nodecode" "$1: 5/6 fixes"
	is "$(judged 5 changed)$(judged 5 moved)" '' "$1: 5/6 changes and moves nothing"
	message=$(jq -r '.patches[4].introduced[] | select(.rule == "icr-split-write").message' \
		"$home/report.json")
	like "$message" "the third in lapic\.c and the fifth under $kvm" "$1: which one it is"
	is "$(jq -r '.patches[4].introduced[] | select(.rule == "icr-split-write").others[]
		| "\(.path | sub(".*/"; "")) \(.function)"' "$home/report.json" | sort)" \
		'avic.c avic_incomplete_ipi_interception
lapic.c kvm_hv_vapic_msr_write
lapic.c kvm_x2apic_msr_write
x86.c handle_fastpath_set_x2apic_icr_irqoff' "$1: the four others"
	like "$message" "'icrfix backport --refactor write64 --to BRANCH'" "$1: what brings the helper"
}

test_begin 'lint of kvm-ipiv-v4'
if [ -d "$shared/kvm-ipiv-v4" ]; then
	full=$(kernels_full_repo)
	series kvm-ipiv-v4
	before=$(find "$full" -type f -printf '%p %s %T@\n' | sort)
	lint -C "$full" --base linux-5.10.y
	is "$status" 3 'full 5.10: status'
	is "$(in_state exact moved)" '1 5' 'full 5.10: what applies'
	is "$(in_state no)" '2 3 4 6' 'full 5.10: what does not'
	is "$(jq -r '.patches[3].without | join(" ")' "$home/report.json")" '2 3' 'full 5.10: 4/6 is without'
	is "$(jq -c '.patches[0] | [.introduced, .fixed, .changed, .moved]' "$home/report.json")" \
		'[[],[],[],[]]' 'full 5.10: nothing in 1/6'
	verdict_of_5 'full 5.10'
	if exact; then
		like "$message" "$kvm/lapic\.c:2819 in kvm_x2apic_msr_write, $kvm/lapic\.c:2853 in kvm_hv_vapic_msr_write" \
			'full 5.10: where they are behind the patch'
	else
		skip "linux-source-5.10 is not $kernels_510"
	fi
	ok 'full 5.10: as the schema says' valid lint "$home/report.json"
	is "$(find "$full" -type f -printf '%p %s %T@\n' | sort)" "$before" \
		'full 5.10: the repository is as before'
	# A tree in which all six apply: 5.10, with the files that do not fit made
	# of what the hunks want to see.  lapic.c, x86.c and avic.c are whole.
	git clone -q --shared --bare "$repo" clone.git
	run icrfix pull --no-cover -o - "$home/maildir"
	cp "$home/out" series.mbox
	mkdir made && python3 "$tests/lib/tree-for.py" made series.mbox
	rm made/$lapic made/arch/x86/kernel/cpu/feat_ctl.c
	git -C clone.git read-tree linux-5.10.y
	git -C clone.git -c core.bare=false --work-tree="$PWD/made" add -A --ignore-removal .
	git -C clone.git branch made "$(git -C clone.git commit-tree -p linux-5.10.y -m made \
		"$(git -C clone.git write-tree)")"
	lint -C clone.git --base made
	is "$(in_state exact moved)" '1 2 3 4 5 6' 'all six apply'
	is "$status" 1 'all six apply: status'
	verdict_of_5 'all six apply'
	is "$(for n in 1 2 3 4 6; do judged $n introduced; done)" '' 'all six apply: nothing else'
else
	skip 'the mails are not beside this project' 23
fi

test_begin 'lint of kvm-ipiv-prep'
if [ -d "$shared/kvm-ipiv-prep" ]; then
	series kvm-ipiv-prep
	lint -C "$(kernels_full_repo)" --base linux-5.10.y
	is "$status" 3 'status'
	is "$(in_state exact moved)" '2 3 6 7' 'what applies'
	is "$(judged 3 changed)" "vicr-read32 $lapic kvm_apic_write_nodecode" '03/11 changes its form'
	is "$(judged 3 fixed)$(judged 3 introduced)" '' '... and fixes nothing'
	ok 'as the schema says' valid lint "$home/report.json"
else
	skip 'the mails are not beside this project' 5
fi

done_testing

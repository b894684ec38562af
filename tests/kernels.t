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

test_begin 'ground truth'
run icrfix scan -C "$repo" --format json linux-5.10.y
is "$status" 1 '5.10: status'
is "$(table | comparable)" "$(ground_truth | comparable)" '5.10: the seven'
is "$(jq -c .not_analysed <<<"$out")" '[]' '5.10: nothing was not analysed'
cold=$out
for v in 6.1 6.12; do
	run icrfix scan -C "$repo" --format json "linux-$v.y"
	is "$status $(table)" '0 ' "$v: clean"
done
run icrfix scan -C "$repo" --format json linux-5.10.y
is "$(jq -c .findings <<<"$out")" "$(jq -c .findings <<<"$cold")" 'the same from the cache'
run icrfix scan -C "$repo" 'linux-*.y'
like "$out" '^linux-5\.10\.y +2 +4 +0 +1( |$)' 'matrix: 5.10'
like "$out" '^linux-6\.1\.y +0 +0 +0 +0( |$)' 'matrix: 6.1'
like "$out" '^linux-6\.12\.y +0 +0 +0 +0( |$)' 'matrix: 6.12'
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
done

# coccicheck VER RULE: path:line of what the kernel's own machinery says.
# avic_unaccel_trap_write is exempted in the rule file, which it cannot read.
coccicheck() {
	make -s -C "$(kernels_worktree "$1")" coccicheck MODE=report M=$kvm \
		COCCI="$project/cocci/$2.cocci" >"$home/coccicheck" 2>&1 || echo failed
	sed -nE 's/^([^ :]+:[0-9]+):[0-9]+-[0-9]+: .*/\1/p' "$home/coccicheck" | sort -u |
		grep -vxF "$(exempted "$1" "$2")"
}

exempted() {
	[ "$2" = vicr-read32 ] || return
	local file=$kvm/svm/avic.c
	grep -nF 'kvm_lapic_reg_write(apic, offset, kvm_lapic_get_reg(apic, offset));' \
		"$(kernels_worktree "$1")/$file" | sed "s|:.*||; s|^|$file:|"
}

test_begin 'make coccicheck'
for v in $kernels_versions; do
	for rule in icr-split-write icr-split-read vicr-read32 icr-write-order; do
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
	for rule in icr-split-write icr-split-read vicr-read32 icr-write-order; do
		context='' report=''
		for file in $(cd "$(kernels_worktree "$v")" &&
			grep -lE 'APIC_ICR2|lapic_reg_write' $kvm/*.[ch] $kvm/*/*.[ch]); do
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

done_testing

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Suppressions of icrfix scan: findings that are set aside, with reason and date.

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm
fastpath=handle_fastpath_set_x2apic_icr_irqoff

# entry RULE PATH FUNCTION [UNTIL [REASON]]; print FINGERPRINT [UNTIL [REASON]].
entry() {
	jq -cn --arg r "$1" --arg p "$2" --arg f "$3" --arg u "${4-2099-12-31}" \
		--arg why "${5-judged right}" \
		'{rule: $r, path: $p, function: $f, reason: $why, until: $u}'
}

print() {
	jq -cn --arg f "$1" --arg u "${2-2099-12-31}" --arg why "${3-judged right}" \
		'{fingerprint: $f, reason: $why, until: $u}'
}

# suppressions FILE [ENTRY...]
suppressions() {
	local file=$1
	shift
	printf '%s\n' "$@" | jq -s '{"icrfix-suppressions": 1, suppressions: .}' >"$file"
}

# day YYYY-MM-DD [TIME]: it is this day for icrfix.
day() {
	SOURCE_DATE_EPOCH=$(date -u -d "$1 ${2-12:00:00}" +%s)
	export SOURCE_DATE_EPOCH
}

fingerprint_of() {
	"$ICRFIX" scan -q --format json "$2" |
		jq -r --arg path "$1" '.findings[] | select(.path == $path) | .fingerprint'
}

test_begin 'by rule, path and function'
sample_tree tree full
suppressions s.json "$(entry icr-split-write $kvm/x86.c $fastpath)"
ok 'the file is as the schema says' valid suppressions s.json
run icrfix scan --suppressions s.json tree
is "$status" 1 'the others still count'
is "$(finding_lines <<<"$out" | wc -l)" 6 'one is not in the list'
unlike "$out" "$fastpath" 'it is this one'
like "$err" '^icrfix: tree: 6 findings in 4 files, .*, 1 suppressed$' 'the summary says how many'
unlike "$out" 'warning: s.json' 'nothing else is said'
run icrfix scan --suppressions s.json tree/$kvm/x86.c
is "$status $out" '0 ' 'a file: suppressed findings do not count'

test_begin 'by fingerprint'
sample_tree tree full
print=$(fingerprint_of $kvm/x86.c tree)
suppressions s.json "$(print "$print")"
ok 'the file is as the schema says' valid suppressions s.json
run icrfix scan --suppressions s.json tree
is "$status $(finding_lines <<<"$out" | wc -l)" '1 6' 'one less'
sed -i '1i // a line above all' tree/$kvm/x86.c
run icrfix scan --suppressions s.json tree/$kvm/x86.c
is "$status" 0 'the code may move'
sed -i 's/(u32)data)/(u32)(data))/' tree/$kvm/x86.c
run icrfix scan --suppressions s.json tree/$kvm/x86.c
is "$status" 1 'but not change'

test_begin 'outside of functions'
sample_tree tree full
suppressions s.json "$(entry icr-split-write $kvm/x86.c '')"
run icrfix scan --suppressions s.json tree/$kvm/x86.c
is "$status" 1 'says nothing of what stands in one'

test_begin 'formats'
sample_repo . full
suppressions s.json "$(entry icr-split-write $kvm/x86.c $fastpath 2099-12-31 'it is "right"')"
run icrfix scan --suppressions s.json --format json --format sarif=report.sarif \
	--format github=commands --format gitlab=issues.json HEAD
cp "$home/out" report.json
ok 'JSON: as the schema says' valid report report.json
is "$(jq -c '[.findings, .suppressed] | map(length)' report.json)" '[6,1]' \
	'JSON: apart from the findings'
is "$(jq -r '.suppressed[] | "\(.rule) \(.path) \(.function) \(.reason) \(.until) \(.rev)"' report.json)" \
	"icr-split-write $kvm/x86.c $fastpath it is \"right\" 2099-12-31 HEAD" \
	'JSON: the finding, with reason and date'
is "$(jq -c '[.summary.findings, .summary.suppressed, .summary.targets[0].rules["icr-split-write"]]' \
	report.json)" '[6,1,3]' 'JSON: is not counted'
is "$(jq -c '.suppressions' report.json)" '{"expired":[],"unused":[]}' 'JSON: nothing to look at'
is "$(jq -c '[.runs[0].results[] | select(.suppressions) |
		[.locations[0].physicalLocation.artifactLocation.uri,
		 (.suppressions[] | .kind, .justification)]]' report.sarif)" \
	"[[\"$kvm/x86.c\",\"external\",\"it is \\\"right\\\"\"]]" 'SARIF: marked, with the reason'
is "$(jq '.runs[0].results | length' report.sarif)" 7 'SARIF: all are there'
ok 'GitHub: workflow commands' ci_format github commands
is "$(ci_format github commands | jq "length, ([.[] | select(.file == \"$kvm/x86.c\")] | length)" |
	xargs)" '6 0' 'GitHub: left out'
ok 'GitLab: a report' ci_format gitlab issues.json
is "$(jq "length, ([.[] | select(.location.path == \"$kvm/x86.c\")] | length)" issues.json |
	xargs)" '6 0' 'GitLab: left out'

test_begin 'the last day'
sample_tree tree full
suppressions s.json "$(entry icr-split-write $kvm/x86.c $fastpath 2024-02-29)"
day 2024-02-29 23:59:59
TZ=Pacific/Kiritimati run icrfix scan --suppressions s.json tree/$kvm/x86.c
is "$status" 0 'on it, until its end in UTC'
day 2024-03-01 00:00:00
TZ=Pacific/Midway run icrfix scan --suppressions s.json tree/$kvm/x86.c
is "$status" 1 'not on the next'
is "$(finding_lines <<<"$out" | wc -l)" 1 'the finding is told again'
like "$out" "^warning: s\.json: suppressions\[0\]: expired after 2024-02-29: icr-split-write in $kvm/x86\.c, $fastpath\(\): judged right$" \
	'and that its suppression has expired'
unlike "$out" 'unused' 'which is not called unused too'
run icrfix scan --suppressions s.json --format json --format sarif=report.sarif tree
cp "$home/out" report.json
ok 'JSON: as the schema says' valid report report.json
is "$(jq -c '[(.findings | length), .suppressed, .suppressions.unused]' report.json)" '[7,[],[]]' \
	'JSON: nothing is suppressed'
is "$(jq -c '.suppressions.expired[] | [.file, .entry, .fingerprint, .path, .until]' report.json)" \
	"[\"s.json\",0,null,\"$kvm/x86.c\",\"2024-02-29\"]" 'JSON: expired'
is "$(jq -r '.runs[0].invocations[0].toolExecutionNotifications[] | "\(.level) \(.message.text)"' \
	report.sarif)" \
	"warning s.json: suppressions[0]: expired after 2024-02-29: icr-split-write in $kvm/x86.c, $fastpath(): judged right" \
	'SARIF: a notification'
SOURCE_DATE_EPOCH=tomorrow run icrfix scan --suppressions s.json tree
fails_with 2 'SOURCE_DATE_EPOCH' 'a date of today that is none'
unset SOURCE_DATE_EPOCH
run icrfix scan --suppressions s.json tree/$kvm/x86.c
is "$status" 1 'by the clock of the machine, too'

test_begin 'unused'
sample_tree tree full
suppressions s.json "$(entry icr-split-write $kvm/x86.c no_such_function)" \
	"$(print 0123456789012345678901234567890123456789)" \
	"$(entry icr-split-write $kvm/svm/avic.c avic_incomplete_ipi_interception)"
mapfile -t rules < <("$ICRFIX" rules list --format json | jq -r '.rules[] | "--rule=" + .id')
run icrfix scan --suppressions s.json "${rules[@]}" tree
is "$status" 1 'status as without'
is "$(grep '^warning: ' <<<"$out")" \
	"warning: s.json: suppressions[0]: unused, there is no such finding: icr-split-write in $kvm/x86.c, no_such_function(): judged right
warning: s.json: suppressions[1]: unused, there is no such finding: 0123456789012345678901234567890123456789: judged right" \
	'those that matched nothing are named, the others not'
run icrfix scan --suppressions s.json --format json --format sarif=report.sarif "${rules[@]}" tree
cp "$home/out" report.json
ok 'JSON: as the schema says' valid report report.json
is "$(jq -c '.suppressions | [.expired, [.unused[].entry]]' report.json)" '[[],[0,1]]' 'JSON: unused'
is "$(jq '.runs[0].invocations[0].toolExecutionNotifications | length' report.sarif)" 2 \
	'SARIF: notifications'
is "$(jq '.runs[0].invocations[0].executionSuccessful' report.sarif)" true \
	'SARIF: which are no failure'
run icrfix scan --suppressions s.json tree/$kvm/lapic.c
unlike "$out" 'unused' 'not when their path was not looked at'
run icrfix scan --suppressions s.json tree/$kvm/x86.c
is "$(grep -c unused <<<"$out")" 1 'a fingerprint not when only a part was'
run icrfix scan --suppressions s.json --rule icr-split-read tree
unlike "$out" 'unused' 'nor when their rule was not run'
cat >>tree/$kvm/x86.c <<-'END'
	#define M(apic, data) do { kvm_lapic_reg_write(apic, APIC_ICR2, data >> 32); \
		kvm_lapic_reg_write(apic, APIC_ICR, data); } while (0)
END
run icrfix scan --suppressions s.json tree
is "$status" 3 'code that was not analysed: status'
unlike "$out" 'unused' 'nor when part of it was not analysed'

test_begin 'of several branches'
sample_repo . full
git switch -q -c linux-6.1.y
sed -i '/APIC_ICR2*, (u32)/d' $kvm/x86.c
sample_commit . 'mended there'
suppressions ../s.json "$(entry icr-split-write $kvm/x86.c $fastpath)"
run icrfix scan --suppressions ../s.json 'linux-*.y'
unlike "$out" 'unused' 'used on one of them is used'
like "$out" '^linux-5\.10\.y +0 +2 +3 ' 'not in the matrix'
run icrfix scan --suppressions ../s.json linux-6.1.y
like "$out" 'unused' 'unused where it is alone'

test_begin 'both forms for one finding'
sample_tree tree full
suppressions s.json "$(entry icr-split-write $kvm/x86.c $fastpath 2099-12-31 first)" \
	"$(print "$(fingerprint_of $kvm/x86.c tree)" 2099-12-31 second)"
run icrfix scan --suppressions s.json --format json tree
is "$(jq -c '[[.suppressed[].reason], .suppressions.unused]' <<<"$out")" '[["first"],[]]' \
	'the first one speaks, both are used'

# wrong FILTER REGEX TEXT: the file, changed by jq's FILTER, is refused.
wrong() {
	jq "$1" good.json >s.json
	run icrfix scan --suppressions s.json tree
	fails_with 2 "^icrfix: s\.json: $2" "$3"
}

test_begin 'what is wrong in a file'
sample_tree tree
suppressions good.json "$(entry rule a.c f)" "$(entry rule b.c f)" \
	"$(print 0123456789012345678901234567890123456789)"
run icrfix scan --suppressions good.json tree
is "$status" 1 'a good file'
wrong '.suppressions[1].extra = 1' 'suppressions\[1\]: unknown key "extra"' 'an unknown key'
wrong '.extra = 1' 'unknown key "extra"' 'an unknown key at the top'
wrong '.["icrfix-suppressions"] = 2' '"icrfix-suppressions": expected the number 1' 'another version'
wrong 'del(.["icrfix-suppressions"])' '"icrfix-suppressions" is missing' 'no version'
wrong '.suppressions = {}' '"suppressions": expected an array' 'no list'
wrong '.suppressions[2] = 5' '"suppressions": expected an array of objects' 'no objects'
wrong '.suppressions[2].rule = "x"' 'suppressions\[2\]: either .* not both' 'both forms'
wrong '.suppressions[1] |= del(.function)' 'suppressions\[1\]: expected a "fingerprint", or all' \
	'half of a form'
wrong '.suppressions[1] |= del(.rule, .path, .function)' \
	'suppressions\[1\]: expected a "fingerprint", or all' 'no form'
wrong '.suppressions[2].fingerprint = "0123"' 'suppressions\[2\]: "fingerprint": ' 'a short fingerprint'
wrong '.suppressions[2].fingerprint |= sub("0"; "A")' 'suppressions\[2\]: "fingerprint": ' \
	'a fingerprint in capitals'
wrong '.suppressions[0] |= del(.reason)' 'suppressions\[0\]: "reason" is missing' 'no reason'
wrong '.suppressions[0].reason = " "' 'suppressions\[0\]: "reason" is empty' 'an empty reason'
wrong '.suppressions[0].path = "/a.c"' 'suppressions\[0\]: "path": ' 'an absolute path'
wrong '.suppressions[0] |= del(.until)' 'suppressions\[0\]: "until" is missing' 'no date'
for date in 2023-02-29 2024-13-01 2024-00-10 2024-04-31 2024-01-00 2024-1-1 24-01-01 \
	2024-01-01T00:00 '2024-01-01 ' 2024/01/01 never ''; do
	wrong ".suppressions[0].until = \"$date\"" 'suppressions\[0\]: "until": expected a day' \
		"no date: '$date'"
done
wrong '.suppressions[1].path = "a.c"' 'suppressions\[1\]: the same as suppressions\[0\] of s\.json' \
	'the same place twice'
wrong '.suppressions[1] = .suppressions[2]' \
	'suppressions\[2\]: the same as suppressions\[1\] of s\.json' 'the same fingerprint twice'
printf '{"icrfix-suppressions": 1,\n "suppressions": [}' >s.json
run icrfix scan --suppressions s.json tree
fails_with 2 's\.json:2:[0-9]+: not valid JSON' 'no JSON: with its line'
printf '{"icrfix-suppressions": 1, "suppressions": [], "suppressions": []}' >s.json
run icrfix scan --suppressions s.json tree
fails_with 2 's\.json:1:.*duplicate' 'a key twice'
run icrfix scan --suppressions none.json tree
fails_with 2 'none\.json' 'no such file'
suppressions other.json "$(entry rule b.c f)"
run icrfix scan --suppressions good.json --suppressions other.json tree
fails_with 2 'other\.json: suppressions\[0\]: the same as suppressions\[1\] of good\.json' \
	'the same place in two files'

test_begin 'several files, and settings'
sample_repo . full
mkdir set
suppressions set/one.json "$(entry icr-split-write $kvm/x86.c $fastpath)"
suppressions set/two.json \
	"$(entry icr-split-write $kvm/svm/avic.c avic_incomplete_ipi_interception)"
run icrfix scan --suppressions set/one.json --suppressions set/two.json HEAD
is "$(finding_lines <<<"$out" | wc -l)" 5 'the option twice'
run icrfix scan --suppressions set/one.json --suppressions ./set/../set/one.json HEAD
is "$status $(finding_lines <<<"$out" | wc -l)" '1 6' 'a file named twice is read once'
git config icrfix.suppressions set/one.json
git config --add icrfix.suppressions set/two.json
run icrfix scan HEAD
is "$(finding_lines <<<"$out" | wc -l)" 5 'the setting twice'
cd $kvm || exit
run icrfix scan HEAD
is "$(finding_lines <<<"$out" | wc -l)" 5 'the setting counts from the top of the repository'
suppressions three.json "$(entry vicr-read32 $kvm/lapic.c kvm_apic_write_nodecode)"
run icrfix scan --suppressions three.json HEAD
is "$(finding_lines <<<"$out" | wc -l)" 4 'the option from here, beside the setting'
run icrfix scan --suppressions '' --suppressions three.json HEAD
is "$(finding_lines <<<"$out" | wc -l)" 6 'an empty name forgets what was named before'
cd ../../.. || exit
git config --unset-all icrfix.suppressions
suppressions ~/mine.json "$(entry icr-split-write $kvm/x86.c $fastpath)"
# shellcheck disable=SC2088 # icrfix is to expand it
git config --global icrfix.suppressions '~/mine.json'
run icrfix scan HEAD
is "$(finding_lines <<<"$out" | wc -l)" 6 "the home directory in the user's settings"
git config icrfix.suppressions ''
run icrfix scan HEAD
is "$(finding_lines <<<"$out" | wc -l)" 7 "the repository's settings may forget the user's"
run icrfix scan -c icrfix.suppressions=set/one.json HEAD
is "$(finding_lines <<<"$out" | wc -l)" 6 '-c'
printf '[icrfix]\n\tsuppressions\n' >>.git/config
run icrfix scan HEAD
is "$(finding_lines <<<"$out" | wc -l)" 7 'a setting without a value is an empty one'
git config --unset-all icrfix.suppressions
git config icrfix.suppressions no-such.json
run icrfix scan HEAD
fails_with 2 'no-such\.json' 'a file that is not there is an error'

test_begin 'a tree cannot silence itself'
sample_repo . full
suppressions icrfix.suppressions "$(entry icr-split-write $kvm/x86.c $fastpath)"
cp icrfix.suppressions .icrfix-suppressions.json
run icrfix scan .
is "$(finding_lines <<<"$out" | wc -l)" 7 'no file is read that nobody named'

test_begin 'hostile entries'
sample_tree tree
suppressions s.json "$(entry icr-split-write $kvm/lapic.c $'f\033]0;x\a\n::error::')"
run icrfix scan --suppressions s.json tree
unlike "$out" $'\033' 'play no tricks on the terminal'
like "$out" '^warning: s\.json: .*<U\+001B>' 'are shown'

test_begin 'help'
run icrfix scan --help
like "$out" '--suppressions FILE' 'the option'
like "$out" 'icrfix\.suppressions' 'the setting'

done_testing

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix scan --baseline: only what an earlier report or a revision has not.

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm
x86=$kvm/x86.c
fastpath=handle_fastpath_set_x2apic_icr_irqoff

# add_split FILE FUNCTION: a new function with a split.
add_split() {
	cat >>"$1" <<-END

		int $2(struct kvm_lapic *apic, u64 data)
		{
			kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
			return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
		}
	END
}

# add_macro FILE NAME: code that cannot be analysed.
add_macro() {
	printf '#define %s(a, d) do { %s %s } while (0)\n' "$2" \
		'kvm_lapic_reg_write(a, APIC_ICR2, d >> 32);' \
		'kvm_lapic_reg_write(a, APIC_ICR, d);' >>"$1"
}

# second_split: another one in the function that has one.
second_split() {
	sed -i '/^\treturn 0;/i \
\tkvm_lapic_set_reg(vcpu->arch.apic, APIC_ICR2, (u32)((data + 1) >> 32));\
\tkvm_lapic_set_reg(vcpu->arch.apic, APIC_ICR, (u32)(data + 1));' $x86
}

# functions: of the findings in the text report on $out.
functions() {
	sed -nE 's/^  in (.*)\(\):$/\1/p' <<<"$out" | sort | xargs
}

# known TEXT: nothing new, and the baseline has all 7.
known() {
	is "$status $out" '0 ' "$1: nothing is new"
	like "$err" '; 7 findings are in the baseline$' "$1: and all are known"
}

# reports: of the current tree, by the names that each baseline has below.
reports() {
	"$ICRFIX" scan -q --format json=../old.json --format sarif=../old.sarif .
}

# All three kinds of baselines of one state, and the same questions to each.
for baseline in HEAD ../old.json ../old.sarif; do
	test_begin "$baseline"
	sample_repo . full
	reports
	run icrfix scan --baseline "$baseline" .
	known 'unchanged'
	add_split $x86 new_split
	run icrfix scan --baseline "$baseline" .
	is "$status" 1 'a new one: status'
	is "$(functions)" new_split 'a new one: alone in the list'
	like "$err" ': 1 finding in 4 files, .*; 7 findings are in the baseline$' 'a new one: summary'
	run icrfix scan --baseline "$baseline" $x86
	is "$(functions)" new_split 'a new one: in a file'
	git checkout -q $x86
	sed -i '1i // a line above all' $x86 $kvm/lapic.c
	run icrfix scan --baseline "$baseline" .
	known 'lines that moved'
	sed -i 's/(u32)data)/(u32)(data))/' $x86
	run icrfix scan --baseline "$baseline" .
	known 'other text in the same function'
	second_split
	run icrfix scan --baseline "$baseline" .
	is "$status $(functions)" "1 $fastpath" 'a second one in the same function'
	like "$err" ': 1 finding .*; 7 findings' 'and only that'
	git checkout -q .
	cp $x86 $kvm/copy.c
	run icrfix scan --baseline "$baseline" .
	is "$status $(grep -c "^$kvm/copy.c:" <<<"$out")" '1 1' 'a copy is new'
	run icrfix scan --baseline "$baseline" $kvm/copy.c
	is "$status" 1 'also when only the copy is looked at'
	sed -i '/APIC_ICR/d' $x86 $kvm/copy.c
	run icrfix scan --baseline "$baseline" .
	is "$status" 0 'less is fine'
done

test_begin 'code that moved'
sample_repo . full
reports
git mv $x86 $kvm/moved.c
run icrfix scan --baseline HEAD .
known 'to another file, against a revision'
run icrfix scan --baseline ../old.json .
is "$status $(grep -c "^$kvm/moved.c:" <<<"$out")" '1 1' 'a report does not know its text'

test_begin 'what cannot be analysed'
sample_repo . full
add_macro $x86 SEND
sample_commit . 'a macro'
reports
for baseline in HEAD ../old.json ../old.sarif; do
	git checkout -q .
	run icrfix scan --baseline "$baseline" .
	is "$status $out" '0 ' "$baseline: known"
	like "$err" '; 7 findings are in the baseline, and 1 place that cannot be analysed$' \
		"$baseline: summary"
	unlike "$err" 'NOT ANALYSED' "$baseline: no alarm"
	sed -i '1i // a line above all' $x86
	run icrfix scan --baseline "$baseline" .
	is "$status" 0 "$baseline: at another line"
	run icrfix scan --rule icr-split-write --baseline "$baseline" .
	is "$status" 0 "$baseline: with one rule"
	add_macro $x86 SEND_TOO
	run icrfix scan --baseline "$baseline" .
	is "$status" 3 "$baseline: new: status"
	is "$(grep -c 'not analysed' <<<"$out")" 1 "$baseline: new: it alone"
	like "$out" 'not analysed: SEND_TOO: in a macro' "$baseline: new: is told"
	git checkout -q .
	add_macro $x86 SEND
	run icrfix scan --baseline "$baseline" .
	is "$status" 3 "$baseline: the same once more is new"
done

test_begin 'formats'
sample_repo . full
add_macro $x86 SEND
sample_commit . 'a macro'
add_split $x86 new_split
add_macro $x86 SEND_TOO
run icrfix scan --baseline HEAD --format json --format sarif=report.sarif \
	--format github=commands --format gitlab=issues.json .
is "$status" 3 'status'
cp "$home/out" report.json
ok 'JSON: as the schema says' valid report report.json
is "$(jq -r '[.findings[].function, .not_analysed[].function] | join(" ")' report.json)" \
	'new_split SEND_TOO' 'JSON: what is new'
is "$(jq -c '[.summary.findings, .summary.not_analysed, .summary.targets[0].rules["icr-split-write"]]' \
	report.json)" '[1,1,1]' 'JSON: only that counts'
is "$(jq -c '.baseline | [.name, (.findings | length), [.not_analysed[].function]]' report.json)" \
	'["HEAD",7,["SEND"]]' 'JSON: the rest apart'
is "$(jq -c '[.runs[0].results[] | .baselineState] | group_by(.) | map([.[0], length])' report.sarif)" \
	'[["new",1],["unchanged",7]]' 'SARIF: the state of each result'
is "$(jq -r '.runs[0].results[] | select(.baselineState == "new") |
	.locations[0].logicalLocations[0].name' report.sarif)" new_split 'SARIF: the new one'
is "$(jq -c '[.runs[0].invocations[0].toolExecutionNotifications[] | [.level, .message.text]]' \
	report.sarif)" \
	'[["warning","not analysed: SEND_TOO: in a macro"],["note","not analysed: SEND: in a macro"]]' \
	'SARIF: what is known is a note'
is "$(ci_format github commands | jq -r 'map(.message | sub("\\(.*"; "")) | join("; ")')" \
	'the 64-bit ICR is written as two 32-bit registers, ICR2 and ICR ; not analysed: SEND_TOO: in a macro' \
	'GitHub: what is new'
ok 'GitLab: a report' ci_format gitlab issues.json
is "$(jq length issues.json)" 2 'GitLab: what is new'
run icrfix scan --format sarif .
is "$(jq '[.runs[0].results[] | has("baselineState")] | any' <<<"$out")" false \
	'SARIF: no state without a baseline'
run icrfix scan --format json .
is "$(jq .baseline <<<"$out")" null 'JSON: null without a baseline'

test_begin 'one report after the other'
sample_repo . full
reports
add_split $x86 second
add_macro $x86 SEND
for form in json sarif; do
	run icrfix scan --baseline "../old.$form" --format "$form=../next.$form" .
	run icrfix scan --baseline "../next.$form" .
	is "$status $out" '0 ' "$form: what was known stays known"
	like "$err" '; 8 findings are in the baseline, and 1 place' "$form: with what was new then"
done

test_begin 'suppressions'
sample_repo . full
cat >../s.json <<END
{"icrfix-suppressions": 1, "suppressions": [
	{"rule": "icr-split-write", "path": "$x86", "function": "$fastpath",
	 "reason": "judged right", "until": "2024-01-31"}]}
END
export SOURCE_DATE_EPOCH=1704067200 # 2024-01-01
"$ICRFIX" scan -q --suppressions ../s.json --format json=../old.json --format sarif=../old.sarif .
run icrfix scan --suppressions ../s.json --baseline HEAD .
known 'what is in the baseline'
unlike "$out" unused 'uses its suppression all the same'
for form in json sarif; do
	run icrfix scan --suppressions ../s.json --baseline "../old.$form" .
	is "$status" 0 "$form: what is suppressed still is"
	like "$err" ', 1 suppressed; 6 findings are in the baseline' "$form: and not in the baseline"
	SOURCE_DATE_EPOCH=1711929600 run icrfix scan --suppressions ../s.json \
		--baseline "../old.$form" .
	is "$status $(functions)" "1 $fastpath" "$form: it is told when that ends"
done
git rm -q $x86
sample_commit . 'without'
git checkout -q HEAD^ $x86
run icrfix scan --suppressions ../s.json --baseline HEAD --format sarif .
is "$(jq -c '[.runs[0].results[] | select(.suppressions) | .baselineState]' <<<"$out")" '["new"]' \
	'SARIF: new and suppressed'
sample_commit . 'with'
print=$("$ICRFIX" scan -q --format json $x86 | jq -r '.findings[].fingerprint')
cat >../s.json <<END
{"icrfix-suppressions": 1, "suppressions": [
	{"fingerprint": "$print", "reason": "judged right", "until": "2024-01-31"}]}
END
second_split
run icrfix scan --baseline HEAD --suppressions ../s.json $x86
is "$status $(finding_lines <<<"$out" | wc -l)" '1 1' \
	'the partner of a suppressed finding hides no other one'
like "$err" '; 1 finding is in the baseline$' 'and is in the baseline itself'

test_begin 'several targets'
sample_repo . full
git switch -q -c linux-6.1.y
sed -i '/APIC_ICR/d' $x86
sample_commit . 'mended there'
run icrfix scan --baseline linux-6.1.y 'linux-*.y'
is "$(functions)" $fastpath 'each is compared with the revision'
like "$out" '^linux-5\.10\.y +0 +0 +1 +0 ' 'a row of the matrix'
like "$out" '^linux-6\.1\.y +0 +0 +0 +0 ' 'another row'
"$ICRFIX" scan -q --format json=../one.json linux-6.1.y
run icrfix scan --baseline ../one.json 'linux-*.y'
is "$(functions)" $fastpath 'each is compared with a report of one target'
"$ICRFIX" scan -q --format json=../all.json --format sarif=../all.sarif 'linux-*.y'
git checkout -q linux-5.10.y
git checkout -q linux-6.1.y
sed -i '1i // more' $kvm/lapic.c
add_split $x86 $fastpath
sample_commit . 'back again'
for form in json sarif; do
	run icrfix scan --baseline "../all.$form" 'linux-*.y'
	is "$status $(grep -c "^$x86:" <<<"$out")" '1 1' "$form: a report of several: by their names"
	like "$err" '^icrfix: linux-5\.10\.y: 0 .*; 7 findings' "$form: one of them"
	like "$err" '^icrfix: linux-6\.1\.y: 1 .*; 6 findings' "$form: the other"
	run icrfix scan --baseline "../all.$form" HEAD
	fails_with 2 "all\.$form: a report of several targets, none of which is 'HEAD'" \
		"$form: a name that is not in it"
done
"$ICRFIX" scan -q --format json=../same.json linux-5.10.y linux-5.10.y
run icrfix scan --baseline ../same.json linux-5.10.y
is "$status" 0 'one target twice'
sample_tree ../a full
sample_tree ../b full
"$ICRFIX" scan -q --format json=../dirs.json --format sarif=../dirs.sarif ../a ../b
run icrfix scan --baseline ../dirs.json ../a
fails_with 2 'dirs\.json: summary\.targets: several directories' 'directories, in JSON'
run icrfix scan --baseline ../dirs.sarif ../b
is "$status" 0 'directories, in SARIF'

test_begin 'a file, a revision, both, neither'
sample_repo . full
git branch old.json
"$ICRFIX" scan -q --format json=old.json .
run icrfix scan --baseline old.json .
fails_with 2 "'old\.json' is both a file and a revision; say '\./old\.json' .* 'old\.json\^0'" 'both'
run icrfix scan --baseline ./old.json .
known 'as the message says, the file'
run icrfix scan --baseline old.json^0 .
known 'as the message says, the revision'
run icrfix scan --baseline nothing .
fails_with 2 "'nothing' is neither a file nor a revision" 'neither'
git branch arch
run icrfix scan --baseline arch .
known 'a directory is no report: the revision'
git branch -q -D arch
run icrfix scan --baseline arch .
fails_with 2 "'arch' is neither a file nor a revision" 'a directory'
run icrfix scan --baseline HEAD:Makefile .
is "$status" 2 'a blob'
git clone -q --bare . ../bare.git
run icrfix scan -C ../bare.git --baseline HEAD linux-5.10.y
known 'a bare repository, where HEAD is a file too'
mkdir ../plain
mv old.json ../plain
cd ../plain || exit
sample_tree tree full
run icrfix scan --baseline old.json tree
known 'no repository: a report'
run icrfix scan --baseline HEAD tree
fails_with 2 'HEAD|not in a git repository' 'no repository: a revision'

# damaged FILTER REGEX TEXT: the report, changed by jq's FILTER, is refused.
damaged() {
	jq "$1" good >../bad
	run icrfix scan --baseline ../bad .
	fails_with 2 "^icrfix: --baseline: \.\./bad: $2" "$3"
}

test_begin 'a report that is damaged: JSON'
sample_repo . full
add_macro $x86 SEND
reports
mv ../old.json good
run icrfix scan --baseline good .
is "$status" 0 'a good one'
head -c 3000 good >../bad
run icrfix scan --baseline ../bad .
fails_with 2 'bad: line [0-9]+, column [0-9]+: not valid JSON' 'cut: with its line'
damaged '.icrfix = 2' '"icrfix": a report of another version' 'another version'
damaged '.icrfix = "1"' '"icrfix": ' 'a version that is no number'
damaged 'del(.findings)' 'not a report of icrfix scan' 'no findings'
damaged 'del(.not_analysed)' '"not_analysed": expected an array' 'no list of what was not analysed'
damaged '.findings[3].path = 5' 'findings\[3\]: "path": expected a string' 'a path that is none'
damaged '.findings[3] |= del(.rule)' 'findings\[3\]: "rule": ' 'no rule'
damaged '.findings[2] = []' 'findings\[2\]: ' 'no object'
damaged '.findings[6].fingerprint = "12"' 'findings\[6\]: the fingerprint: expected 40' \
	'a fingerprint that is none'
damaged '.findings[1].rev = "v1"' 'findings\[1\]: "rev": ' 'an unknown revision'
damaged '.not_analysed[0] |= del(.reason)' 'not_analysed\[0\]: "reason": ' 'no reason'
damaged '.summary.targets[0] |= del(.name)' 'summary\.targets\[0\]: "name": ' 'a target without name'
damaged '.baseline = {findings: []}' 'baseline: "not_analysed": ' 'half a baseline'
damaged '[.]' 'not a report of icrfix scan' 'an array'
damaged '{}' 'not a report of icrfix scan' 'an object of something else'
: >../bad
run icrfix scan --baseline ../bad .
fails_with 2 'bad: line .*not valid JSON' 'an empty file'
"$ICRFIX" rules list --format json >../bad
run icrfix scan --baseline ../bad .
fails_with 2 'bad: not a report of icrfix scan, but of another command' 'of another command'

test_begin 'a report that is damaged: SARIF'
sample_repo . full
add_macro $x86 SEND
reports
mv ../old.sarif good
run icrfix scan --baseline good .
is "$status" 0 'a good one'
damaged '.version = "2.2.0"' '"version": SARIF of version 2\.2\.0' 'another version'
damaged '.runs = []' '"runs": there are none' 'no runs'
damaged '.runs[0].tool.driver.name = "other"' "runs\[0\]: a report of 'other'" 'of another tool'
damaged '.runs[0] |= del(.results)' 'runs\[0\]: "results": expected an array' 'no results'
damaged '.runs[0] |= del(.automationDetails)' 'runs\[0\]: "id": ' 'no target'
damaged '.runs[0] |= del(.invocations)' 'runs\[0\]: "toolExecutionNotifications": ' 'no invocation'
damaged '.runs[0].results[4] |= del(.partialFingerprints)' \
	'runs\[0\]\.results\[4\]: "primaryLocationLineHash": ' 'no fingerprint'
damaged '.runs[0].results[4] |= del(.locations)' 'runs\[0\]\.results\[4\]: "uri": ' 'no place'
damaged '.runs[0].results[4].locations[0].physicalLocation.artifactLocation.uri = "a%zz"' \
	'runs\[0\]\.results\[4\]: "uri": not a URI' 'a place that is none'
damaged '.runs[0].results[4].ruleId = {}' 'runs\[0\]\.results\[4\]: "ruleId": ' 'no rule'
damaged '.runs[0].invocations[0].toolExecutionNotifications[0].properties.rule = 1' \
	'runs\[0\]\.invocations\[0\]\.toolExecutionNotifications\[0\]: "rule": ' \
	'a damaged notification'

test_begin 'odd names'
sample_repo . full
mv $x86 "$kvm/a %41%,:#?b"$'\303\251'.c
add_macro "$kvm/a %41%,:#?b"$'\303\251'.c SEND
reports
for form in json sarif; do
	run icrfix scan --baseline "../old.$form" .
	is "$status $out" '0 ' "$form: nothing is new"
	like "$err" '; 7 findings are in the baseline, and 1 place' "$form: all are known"
done

test_begin 'help'
run icrfix scan --help
like "$out" '--baseline FILE\|REV' 'the option'

done_testing

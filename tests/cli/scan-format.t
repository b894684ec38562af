#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The outputs of icrfix scan: JSON against its schema, SARIF, files, colour.
# shellcheck disable=SC2317 # functions that ok calls

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm

# valid_sarif FILE: what GitHub asks of SARIF 2.1.0.
valid_sarif() {
	jq -e '
		.version == "2.1.0" and (."$schema" | test("sarif")) and (.runs | length == 1)
		and (.runs[0] |
			.tool.driver.name == "icrfix"
			and ([.tool.driver.rules[].id] as $ids
				| all(.results[]; .ruleId as $r | any($ids[]; . == $r)))
			and all(.results[];
				(.message.text | length > 0)
				and (.level | IN("error", "warning", "note"))
				and (.partialFingerprints.primaryLocationLineHash | length > 0)
				and (.locations[0].physicalLocation |
					(.artifactLocation.uri | test("^[^/\\\\]") and (test("^file:") | not))
					and .region.startLine >= 1
					and .region.startColumn >= 1
					and .region.endColumn > .region.startColumn))
			and (.invocations[0].executionSuccessful | type == "boolean"))
	' "$1"
}

macro_file() {
	cat <<-'END'
		#include "lapic.h"

		#define SEND(apic, data) do {						\
			kvm_lapic_reg_write(apic, APIC_ICR2, (u32)((data) >> 32));	\
			kvm_lapic_reg_write(apic, APIC_ICR, (u32)(data));		\
		} while (0)
	END
}

test_begin 'JSON'
sample_repo . full
run icrfix scan --format json .
is "$status" 1 'status'
cp "$home/out" report.json
ok 'one object on stdout' jq -e type report.json
ok 'is as the schema says' valid report report.json
is "$(jq .icrfix report.json)" 1 'its version'
is "$(jq '.findings | length' report.json)" 7 'findings'
is "$(jq -c '.not_analysed' report.json)" '[]' 'nothing was not analysed'
is "$(jq -r '.findings[] | select(.path | endswith("x86.c"))
	| "\(.rule) \(.severity) \(.line) \(.column) \(.function)"' report.json)" \
	'icr-split-write warning 13 2 handle_fastpath_set_x2apic_icr_irqoff' 'a finding'
is "$(jq -r '[.findings[].fingerprint] | unique | length' report.json)" 7 'fingerprints differ'
is "$(jq -r '.findings[] | select(.path | endswith("x86.c")) | .snippet' report.json |
	grep -c APIC_ICR2)" 1 'the snippet'
fingerprints=$(jq -c '[.findings[].fingerprint]' report.json)
sed -i '1i // a line above all' $kvm/*.c $kvm/svm/*.c
run icrfix scan --format json .
is "$(jq -c '[.findings[].fingerprint]' <<<"$out")" "$fingerprints" \
	'fingerprints do not move with the lines'
run icrfix scan --format json HEAD
cp "$home/out" rev.json
ok 'a revision: as the schema says' valid report rev.json
is "$(jq -c '[.findings[].fingerprint]' rev.json)" "$fingerprints" 'a revision: fingerprints'
is "$(jq -r '[.findings[].rev] | unique[]' rev.json)" HEAD 'a revision: its name'

test_begin 'JSON, clean'
sample_tree .
sed -i '/APIC_ICR2, (u32)/d' $kvm/lapic.c
run icrfix scan --format json .
is "$status $(jq -c .findings <<<"$out")" '0 []' 'an empty list'
cp "$home/out" report.json
ok 'as the schema says' valid report report.json

test_begin 'SARIF'
sample_tree . full
run icrfix scan --format sarif .
is "$status" 1 'status'
cp "$home/out" report.sarif
ok 'SARIF 2.1.0' valid_sarif report.sarif
is "$(jq '.runs[0].results | length' report.sarif)" 7 'results'
run icrfix scan --format json .
is "$(jq -c '[.runs[0].results[] | .locations[0].physicalLocation
		| [.artifactLocation.uri, .region.startLine, .region.startColumn]]' report.sarif)" \
	"$(jq -c '[.findings[] | [.path, .line, .column]]' <<<"$out")" 'places as in JSON'
is "$(jq -c '[.runs[0].results[].partialFingerprints.primaryLocationLineHash]' report.sarif)" \
	"$(jq -c '[.findings[].fingerprint]' <<<"$out")" 'fingerprints as in JSON'

test_begin 'URIs'
sample_tree .
cp $kvm/lapic.c "$kvm/a b%41.c"
run icrfix scan --format sarif "$kvm/a b%41.c"
is "$(jq -r '[.runs[0].results[].locations[0].physicalLocation.artifactLocation.uri]
	| unique[]' <<<"$out")" "$kvm/a%20b%2541.c" 'blank and per cent are escaped'

test_begin 'GitHub'
sample_tree . full
run icrfix scan --format github .
is "$status" 1 'status'
cp "$home/out" commands
ok 'workflow commands' ci_format github commands
ci_format github commands >got.json
run icrfix scan --format json .
is "$(jq -c '[.[] | [.kind, .file, .line, .col, .title, .message]]' got.json)" \
	"$(jq -c '[.findings[] | [.severity, .path, .line, .column, .rule, .message]]' <<<"$out")" \
	'each finding, with its place, as in JSON'
is "$(jq '[.[] | select(.kind == "notice")] | length' got.json)" 0 'nothing is said of a limit'
sed -i '/APIC_ICR2*, (u32)/d' $kvm/*.c $kvm/svm/*.c
run icrfix scan --format github $kvm/x86.c
is "$status $out" '0 ' 'clean: no line at all'

test_begin 'GitHub, more than it shows'
sample_tree . full
cp $kvm/lapic.c $kvm/lapic2.c
run icrfix scan --format github .
cp "$home/out" commands
ci_format github commands >got.json
is "$(jq '[.[] | select(.kind == "warning")] | length' got.json)" 12 'all are in the log'
is "$(jq -r '.[0] | "\(.kind) \(.message)"' got.json)" \
	"notice 12 annotations of the kind 'warning', of which GitHub shows 10; the log of this step has them all" \
	'the first line says how many'

test_begin 'GitLab'
sample_tree . full
run icrfix scan --format gitlab .
is "$status" 1 'status'
cp "$home/out" report.json
ok 'a code quality report' ci_format gitlab report.json
is "$(jq -r '[.[].severity] | unique[]' report.json)" major 'a warning is major'
cp report.json got.json
run icrfix scan --format json .
is "$(jq -c '[.[] | [.location.path, .location.lines.begin, .check_name, .description,
		.fingerprint]]' got.json)" \
	"$(jq -c '[.findings[] | [.path, .line, .rule, .message, .fingerprint]]' <<<"$out")" \
	'each finding, with its place and fingerprint, as in JSON'
sed -i '/APIC_ICR2*, (u32)/d' $kvm/x86.c
run icrfix scan --format gitlab $kvm/x86.c
is "$status $out" '0 []' 'clean: an empty array'

test_begin 'several branches for a CI service'
sample_repo . full
git branch linux-6.1.y
run icrfix scan --format gitlab 'linux-*.y'
cp "$home/out" report.json
ok 'GitLab: a report' ci_format gitlab report.json
is "$(jq length report.json)" 14 'GitLab: the same code on two branches is two issues'
is "$(jq -r '[.[].description | sub(":.*"; "")] | unique[]' report.json | xargs)" \
	'linux-5.10.y linux-6.1.y' 'GitLab: each names its branch'
run icrfix scan --format gitlab linux-6.1.y linux-5.10.y
is "$(jq -c '[.[].fingerprint] | sort' <<<"$out")" "$(jq -c '[.[].fingerprint] | sort' report.json)" \
	'GitLab: in another order they keep their fingerprints'
run icrfix scan --format github 'linux-*.y'
cp "$home/out" commands
is "$(ci_format github commands | jq -r '.[1:][].message | sub(":.*"; "")' | sort | uniq -c |
	xargs)" '7 linux-5.10.y 7 linux-6.1.y' 'GitHub: each names its branch'

test_begin 'names that would end a command'
sample_tree .
name="$kvm/a%0A,b:c::d"$'\r\n'"%.c"
mv $kvm/lapic.c "$name"
run icrfix scan --format github --format gitlab=report.json .
cp "$home/out" commands
ok 'GitHub: workflow commands' ci_format github commands
is "$(ci_format github commands | jq -c '[.[].file] | unique')" \
	"$(jq -cn --arg name "$name" '[$name]')" 'GitHub: the path comes back'
ok 'GitLab: a report' ci_format gitlab report.json
is "$(jq -c '[.[].location.path] | unique' report.json)" "$(jq -cn --arg name "$name" '[$name]')" \
	'GitLab: the path comes back'

test_begin 'to files'
sample_tree . full
run icrfix scan --format json=out.json --format sarif=out.sarif --format text .
is "$status" 1 'status'
is "$(finding_lines <<<"$out" | wc -l)" 7 'text on stdout'
ok 'JSON in its file' valid report out.json
ok 'SARIF in its file' valid_sarif out.sarif
run icrfix scan --format json=only.json .
is "$out" '' 'nothing on stdout when every format has a file'
run icrfix scan --format text=a=b.txt .
ok 'a file name with =' test -s a=b.txt
run icrfix scan --format json=/nonexistent/dir/file .
fails_with 2 '/nonexistent/dir/file' 'a file that cannot be written'
run icrfix scan --format yaml .
fails_with 2 'yaml' 'an unknown format'

test_begin 'a full disk'
sample_tree . full
"$ICRFIX" scan . >/dev/full 2>err
is "$?" 2 'status 2'
like "$(cat err)" '^icrfix: .*[Nn]o space' 'and says why'

test_begin 'colour'
sample_tree . full
run script -qec "'$ICRFIX' scan ." /dev/null
like "$out" $'\033\\[' 'on a terminal'
NO_COLOR=1 run script -qec "'$ICRFIX' scan ." /dev/null
unlike "$out" $'\033\\[[0-9;]*m' 'not with NO_COLOR'
run icrfix scan --color=always .
like "$out" $'\033\\[' '--color=always'
run icrfix scan --format json .
unlike "$out" $'\033' 'never in JSON'

test_begin 'what was not analysed'
sample_tree . full
macro_file >$kvm/macro.c
run icrfix scan .
is "$status" 3 'status 3 wins over 1'
is "$(finding_lines <<<"$out" | wc -l)" 7 'the findings are told'
like "$out$err" 'macro\.c' 'and the file'
like "$out$err" 'in a macro' 'and why'
run icrfix scan --format json .
is "$status" 3 'JSON: status'
cp "$home/out" report.json
ok 'JSON: as the schema says' valid report report.json
is "$(jq -r '.not_analysed[] | "\(.path) \(.reason)"' report.json)" \
	"$kvm/macro.c in a macro" 'JSON: path and reason'
run icrfix scan --format sarif .
cp "$home/out" report.sarif
ok 'SARIF: valid' valid_sarif report.sarif
like "$(jq -c '.runs[0].invocations[0].toolExecutionNotifications' report.sarif)" 'macro\.c' \
	'SARIF: a notification'
printf '#include "macro.c"\n#define AGAIN(a, d) %s %s\n' \
	'kvm_lapic_reg_write(a, APIC_ICR2, d);' 'kvm_lapic_reg_write(a, APIC_ICR, d)' >>$kvm/macro.c
run icrfix scan --format github --format gitlab=report.json $kvm/macro.c
is "$status" 3 'GitHub, GitLab: status'
cp "$home/out" commands
is "$(ci_format github commands | jq -r '.[] | "\(.kind) \(.file) \(.line) \(.title): \(.message)"')" \
	"warning $kvm/macro.c 3 not analysed: not analysed: SEND: in a macro
warning $kvm/macro.c 8 not analysed: not analysed: AGAIN: in a macro" 'GitHub: warnings'
ok 'GitLab: a report' ci_format gitlab report.json
is "$(jq -r '.[] | "\(.check_name) \(.severity) \(.location.lines.begin) \(.description)"' report.json)" \
	'not-analysed major 3 not analysed: SEND: in a macro
not-analysed major 8 not analysed: AGAIN: in a macro' 'GitLab: issues'
prints=$(jq -c 'map(.fingerprint)' report.json)
sed -i '1i // a line above all' $kvm/macro.c
run icrfix scan --format gitlab $kvm/macro.c
is "$(jq -c 'map(.fingerprint)' <<<"$out")" "$prints" 'GitLab: fingerprints do not move with the lines'

done_testing

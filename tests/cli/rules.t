#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix rules, and where rules come from: beside the program, installed,
# --rules, icrfix.ruleDir; what is wrong with a file is told with its place.

. "$(dirname "$0")/../lib/tap.sh"

rules='apic-deref icr-raw64 icr-split-read icr-split-write icr-truncated icr-write-order reg-read-len vicr-read32 wide-copy'

# pack DIR: one rule that finds calls of case_old().
pack() {
	mkdir -p "$1/rules" "$1/cocci" "$1/tests/cocci/old-call"
	cat >"$1/rules/old-call.json" <<-'END'
		{"icrfix-rule": 1, "id": "old-call", "title": "case_old() is called",
		 "severity": "note", "confidence": "high", "what": "A call.", "why": "It is old.",
		 "fix": "Call case_new().", "cocci": "old-call.cocci", "paths": ["arch/x86/kvm/**"],
		 "tokens": {"all": ["case_old"]}, "granularity": "function"}
	END
	cat >"$1/cocci/old-call.cocci" <<-'END'
		/// Find calls of case_old().
		// Confidence: High
		// Options: --no-includes --include-headers
		virtual context
		virtual report
		@depends on context@
		@@
		* case_old(...)
		@r depends on report@
		position p;
		@@
		case_old@p(...)
		@script:python depends on report@
		p << r.p;
		@@
		coccilib.report.print_report(p[0], "case_old() is called")
	END
	cat >"$1/tests/cocci/old-call/match-call.c" <<-'END'
		void f(void)
		{
			case_old(1); /* FINDING */
		}
	END
}

# broken SED-SCRIPT REGEX TEXT: the rule file, changed, is refused so.
broken() {
	pack p
	sed -i "$1" p/rules/old-call.json
	run icrfix rules list --rules p
	fails_with 2 "$2" "$3"
}

test_begin 'list and show'
run icrfix rules list
is "$status" 0 'list: status'
for r in $rules write64; do
	like "$out" "^  $r " "list: $r"
done
run icrfix rules list --format json
is "$(jq -r '.rules[].id' <<<"$out" | xargs)" "$rules" 'list: JSON'
for r in $rules; do
	run icrfix rules show "$r"
	like "$out" '^What$' "show $r: what"
	like "$out" '^Why$' "show $r: why"
	like "$out" '^How to mend it$' "show $r: how to mend"
	like "$out" 'https://' "show $r: links"
done
run icrfix rules show write64
like "$out" '5429478d038fc945919419cfa290313463a21141' 'show write64: the form for stable'
run icrfix rules show nothing
fails_with 2 "no rule or refactor 'nothing'" 'show: unknown'

test_begin 'test'
run icrfix rules test
is "$status" 0 'all cases of all rules are as expected'
for r in $rules; do
	n=$(grep -oE "^$r +[0-9]+" <<<"$out" | grep -oE '[0-9]+$')
	ok "$r: at least 10 cases" test "${n:-0}" -ge 10
done

test_begin 'more rules'
pack p
sample_tree tree
printf 'void f(void)\n{\n\tcase_old(1);\n}\n' >tree/arch/x86/kvm/old.c
run icrfix scan --rules p --rule old-call tree
is "$status" 1 '--rules: found'
like "$out" '^arch/x86/kvm/old.c:3:2: note: case_old\(\) is called \[old-call\]$' '--rules: the finding'
git config --global icrfix.ruleDir "$PWD/p"
run icrfix scan --rule old-call tree
is "$status" 1 'icrfix.ruleDir: found'
run icrfix rules test old-call
is "$status" 0 'its cases run'
sed -i 's/ FINDING / /' p/tests/cocci/old-call/match-call.c
run icrfix rules test old-call
is "$status" 1 'a case that is not as marked: status'
like "$out" 'match-call.c: with slices' 'and it is named'
run icrfix scan --rules p --rules nowhere tree
fails_with 2 'cannot read the rules in nowhere' 'a directory that is not there'

test_begin 'what a rule is for'
pack p
sed -i 's/"granularity"/"use": ["lint", "review"], &/' p/rules/old-call.json
mkdir -p tree/arch/x86/kvm
touch tree/Kbuild tree/MAINTAINERS
printf 'void f(void)\n{\n\tcase_old(1);\n}\n' >tree/arch/x86/kvm/old.c
run icrfix scan --rules p tree
is "$status $out" '0 ' 'a scan leaves it out'
run icrfix scan --rules p --rule old-call tree
is "$status" 1 'unless it is asked for'
run icrfix rules list --rules p
like "$out" '^  old-call .* \(for lint, review\)$' 'list says so'
run icrfix rules list --rules p --format json
is "$(jq -c '.rules[] | select(.id == "old-call") | .use' <<<"$out")" '["lint","review"]' \
	'list: JSON'
run icrfix rules show --rules p old-call
like "$out" '^note, confidence high \(for lint, review\)$' 'show says so'

# fingerprint STATEMENT: of the finding that has line 4, this statement, to it.
fingerprint() {
	printf 'void f(void)\n{\n\tcase_old();\n\t%s;\n}\n' "$1" >tree/arch/x86/kvm/old.c
	"$ICRFIX" scan -q --rules p --rule old-call --format json tree |
		jq -r '.findings[].fingerprint'
}

test_begin 'what a finding is about'
pack p
mkdir -p tree/arch/x86/kvm
touch tree/Kbuild tree/MAINTAINERS
sed -i 's/is called/& (with line 4)/' p/cocci/old-call.cocci
one=$(fingerprint 'x = 1')
ok 'the site: another text is another finding' test "$one" != "$(fingerprint 'x = 2')"
sed -i 's/"granularity"/"about": "function", &/' p/rules/old-call.json
one=$(fingerprint 'x = 1')
is "$(fingerprint 'x = 2')" "$one" 'the function: another text is no other finding'

test_begin 'wrong files'
broken 's/"severity"/"sverity"/' 'p/rules/old-call.json: unknown key "sverity"' 'unknown key'
broken 's/"note"/"info"/' 'old-call.json: "severity": expected note, warning or error' 'severity'
broken 's/"A call."/7/' 'old-call.json: "what": expected a string' 'type'
broken 's/"what": "A call.",//' 'old-call.json: "what" is missing' 'missing key'
broken 's/\["case_old"\]/["case-old"]/' "old-call.json: tokens: .*'case-old' is no C identifier" \
	'identifier'
broken 's/"granularity"/granularity/' 'old-call.json:4:[0-9]+: not valid JSON' 'JSON, with line'
broken 's/"old-call",/"other",/' 'old-call.json: "id" is .other.' 'id and file'
broken 's/"icrfix-rule": 1/"icrfix-rule": 2/' '"icrfix-rule": expected the number 1' 'version'
broken 's/"granularity"/"use": ["reviews"], &/' "\"use\": expected scan, .*'reviews'" 'use'
broken 's/"granularity"/"about": "file", &/' "\"about\": expected site or .*'file'" 'about'
broken 's/old-call.cocci/none.cocci/' 'p/cocci/none.cocci' 'no semantic patch'
pack p
sed -i 's/--no-includes/--all-includes/' p/cocci/old-call.cocci
run icrfix rules list --rules p
fails_with 2 'old-call.cocci: Options: --all-includes is not supported' 'option'
pack p
cp p/rules/old-call.json p/rules/icr-split-read.json
sed -i 's/"old-call"/"icr-split-read"/' p/rules/icr-split-read.json
run icrfix rules list --rules p
fails_with 2 'the rule icr-split-read is also in' 'two rules of one id'

test_begin 'installed'
ok 'make install' make -s -C "$project" -o icrfix install PREFIX="$PWD/usr"
ICRFIX=$PWD/usr/bin/icrfix run icrfix rules list
like "$out" 'icr-split-write' 'the rules are found'
sample_tree tree
ICRFIX=$PWD/usr/bin/icrfix run icrfix scan tree
is "$status" 1 'and used'

done_testing

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Rules that consult other files of the tree: what is defined there decides, in
# each tree for itself, and what cannot be consulted is told.

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm

# A rule that finds calls of case_old() where its definition in def.c returns -1.
pack() {
	mkdir -p p/rules p/cocci
	cat >p/rules/old-call.json <<-'EOF'
		{"icrfix-rule": 1, "id": "old-call", "title": "case_old() is called",
		 "severity": "note", "confidence": "high", "what": "A call.", "why": "It fails.",
		 "fix": "Call case_new().", "cocci": "old-call.cocci", "paths": ["arch/x86/kvm/**"],
		 "tokens": {"all": ["case_old"]}, "granularity": "function",
		 "consults": {"paths": ["arch/x86/kvm/def.c"], "functions": ["case_old"]}}
	EOF
	cat >p/cocci/old-call.cocci <<-'EOF'
		// Options: --no-includes --include-headers
		virtual context
		virtual report
		@fails@
		identifier fn = {case_old};
		@@
		fn(...) { <+... return -1; ...+> }
		@depends on context@
		identifier fails.fn;
		@@
		* fn(...)
		@r depends on report@
		identifier fails.fn;
		position p;
		@@
		fn@p(...)
		@script:python depends on report@
		p << r.p;
		@@
		coccilib.report.print_report(p[0], "case_old() fails")
	EOF
}

# define VALUE: def.c, with a call of its own.
define() {
	printf 'int case_old(int a)\n{\n\tif (a)\n\t\treturn %s;\n\treturn 0;\n}\n\n' "$1" >$kvm/def.c
	printf 'void g(void)\n{\n\tcase_old(2);\n}\n' >>$kvm/def.c
}

# tree VALUE: a tree with a definition and calls.
tree() {
	mkdir -p $kvm
	touch Kbuild MAINTAINERS
	printf 'void f(void)\n{\n\tcase_old(1);\n}\n' >$kvm/use.c
	define "$1"
}

scan() {
	run icrfix scan --rules "$home/work/p" --rule old-call "$@"
}

# found TEXT LINES ARGS...: these findings, sliced and whole, and nothing unseen.
found() {
	local text=$1 lines=$2
	shift 2
	for option in --no-cache --whole-files; do
		scan $option "$@"
		is "$(finding_lines <<<"$out" | cut -d' ' -f1 | xargs)" "$lines" "$text ($option)"
		unlike "$out" 'not analysed' "$text ($option): all was analysed"
	done
}

# unseen TEXT REGEX: this is why there is no answer.
unseen() {
	for option in --no-cache --whole-files; do
		scan $option .
		is "$status" 3 "$1 ($option): status"
		like "$out" "$2" "$1 ($option): is told"
	done
}

test_begin 'the definition decides'
pack
tree -1
found 'it fails' "$kvm/def.c:10 $kvm/use.c:3" .
found 'one file is asked about' "$kvm/use.c:3" $kvm/use.c
define 1
found 'it does not fail' '' .
printf 'void g(void)\n{\n\tcase_old(2);\n}\n' >$kvm/def.c
found 'it is not there' '' .
rm $kvm/def.c
found 'the file is not there' '' .
tree -1
mv $kvm/def.c elsewhere.c
ln -s ../../../elsewhere.c $kvm/def.c
found 'the file is a link' '' .

test_begin 'what cannot be consulted'
pack
tree -1
sed -i 's/return 0;/return 0 0;/' $kvm/def.c
unseen 'a definition that cannot be parsed' \
	"^$kvm/use.c:1: not analysed: f: the rule consults $kvm/def.c, which spatch cannot parse"
like "$out" "^$kvm/def.c:8: not analysed: g: " 'also in the file itself'
tree -1
printf 'void h(void)\n{\n\treturn 0 0;\n}\n' >>$kvm/def.c
found 'another function that cannot' "$kvm/def.c:10 $kvm/use.c:3" .
tree -1
printf '#ifdef A\nvoid h(void)\n{\n#else\nvoid i(void)\n{\n\tif (1) {\n#endif\n}\n' >>$kvm/def.c
scan $kvm/use.c
like "$out" "^$kvm/use.c:3:" 'boundaries in doubt'
tree -1
printf 'void h(void)\n{\n\tcase_old(3) 3;\n}\n' >>$kvm/use.c
scan $kvm
is "$status" 3 'a caller that cannot be parsed: status'
like "$out" "^$kvm/use.c:5: not analysed: h: spatch cannot parse it" 'is told'
is "$(finding_lines <<<"$out" | cut -d' ' -f1 | xargs)" "$kvm/def.c:10 $kvm/use.c:3" \
	'and the others are found'

tree -1
truncate -s 65M $kvm/def.c
scan $kvm/use.c
is "$status" 3 'a file that is too large: status'
like "$out" "^$kvm/use.c:1: not analysed: f: the rule consults $kvm/def.c, which is too large" 'is told'

test_begin 'revisions and the cache'
pack
tree -1
git init -q repo
mv Kbuild MAINTAINERS arch repo
for value in -1 1; do
	(cd repo && define $value)
	sample_commit repo "returns $value"
	git -C repo tag "v$value"
done
for round in cold warm; do
	scan -C repo v-1
	is "$(finding_lines <<<"$out" | cut -d' ' -f1 | xargs)" "$kvm/def.c:10 $kvm/use.c:3" \
		"$round: it fails"
	scan -C repo v1
	is "$status $out" '0 ' "$round: it does not"
	(cd repo && define -1)
	scan repo
	is "$(finding_lines <<<"$out" | wc -l)" 2 "$round: a directory where it fails"
	(cd repo && define 1)
	scan repo
	is "$status $out" '0 ' "$round: and where not"
	(cd repo && rm $kvm/def.c)
	scan repo
	is "$status $out" '0 ' "$round: and where it is gone"
done

done_testing

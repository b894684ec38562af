#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Nothing passes as clean that was not looked at, and nothing is lost: shapes
# of functions, macros and files that a quick look would misjudge.

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm

# body NAME: a function body with a split.
split='	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);'

# tree NAME: an otherwise empty tree; the file's text is standard input.
tree() {
	mkdir -p "$kvm"
	: >Kbuild
	: >MAINTAINERS
	cat >"$kvm/$1"
}

# found TEXT HEAD: a function that begins so, with a split, has its finding.
found() {
	test_begin "$1"
	printf '%b\n{\n%s\n}\n' "$2" "$split" | tree a.c
	run icrfix scan .
	is "$status" 1 'status'
	like "$out" "^$kvm/a.c:[0-9]+:2: warning: " 'is found'
}

# unseen TEXT REGEX: the tree is not clean, and this is why.
unseen() {
	run icrfix scan .
	is "$status" 3 "$1: status"
	like "$out" "$2" "$1: is told"
}

args='struct kvm_lapic *apic, u64 data'
found 'a name with underscores, a struct returned' "struct foo *__f($args)"
found 'two heads for one body' "#ifdef X\nint f($args)\n#else\nint g($args)\n#endif"
found 'a directive among the parameters' \
	"int f(struct kvm_lapic *apic,\n#ifdef X\n int x,\n#endif\n u64 data)"
found 'declarations of parameters' 'int f(apic, data)\nstruct kvm_lapic *apic; u64 data;'
found 'prose in #error' "#ifdef X\n#error see arch/*.c\n#endif\nint f($args)"
found 'attributes' "__visible int __f($args) __releases(lock) __must_hold(lock)"

test_begin 'shapes that spatch does not read'
printf 'int (*f(%s))(void)\n{\n%s\n}\n' "$args" "$split" | tree a.c
unseen 'a function pointer returned' "^$kvm/a.c:[0-9]+: not analysed: "
printf '#pragma foo "arch/*"\nint f(%s)\n{\n%s\n}\n' "$args" "$split" | tree a.c
unseen 'a comment that begins in a pragma' "^$kvm/a.c:2: not analysed: f: "
printf 'int f(%s)\n{\n\tgoto nowhere;\n%s\n}\n' "$args" "$split" | tree a.c
unseen 'control flow that leads nowhere' "^$kvm/a.c:1: not analysed: f: "
printf '#define M(apic, data) \\\n\tdo { kvm_lapic_reg_write(apic, APIC_ICR2, data >> 32); \\\n\t%s\n' \
	'kvm_lapic_reg_write(apic, APIC_ICR, data); } while (0)' | sed 's/$/\r/' | tree a.c
unseen 'a macro with CRLF' "^$kvm/a.c:1: not analysed: M: in a macro"

# What spatch reads of a macro must not stand for what it does not read.
test_begin 'a macro and a function with as many tokens'
{
	printf '#define M(apic, data) do { \\\n%s \\\n%s } while (0)\n' \
		'	kvm_lapic_reg_write(apic, APIC_ICR2, data >> 32);' \
		'	kvm_lapic_reg_write(apic, APIC_ICR, data);'
	printf 'int f(%s)\n{\n\tgoto nowhere;\n%s\n}\n' "$args" "$split"
} | tree a.c
unseen 'the macro' "^$kvm/a.c:1: not analysed: M: in a macro"
like "$out" "^$kvm/a.c:4: not analysed: f: spatch cannot parse it" 'the function is told, too'
{
	printf 'int regs[] = { kvm_lapic_reg_write, kvm_lapic_reg_write, APIC_ICR, APIC_ICR2 };\n'
	printf 'int f(%s)\n{\n\tgoto nowhere;\n%s\n}\n' "$args" "$split"
} | tree a.c
run icrfix scan --whole-files .
is "$status" 3 'a table, whole files'

# raw NAME [STATEMENT]: a function with a cast of the register page.
raw() {
	printf 'u64 %s(struct kvm_lapic *apic)\n{\n\t%s;\n\t%s;\n}\n' "$1" "${2-foo()}" \
		'return *(u64 *)(apic->regs + APIC_ICR)'
}

# The same with slices and with whole files: these findings, then the rest of the report.
words() {
	for option in --no-cache --whole-files; do
		run icrfix scan --rule icr-raw64 $option .
		is "$(finding_lines <<<"$out" | cut -d' ' -f1 | xargs)" "$2" "$1 ($option)"
		is "$(grep -o '[^:]*: not analysed: .*' <<<"$out")" "${3-}" "$1 ($option): not analysed"
	done
}

test_begin 'tokens that are types and members'
{ raw f; raw g; } | tree a.c
words 'all is seen' "$kvm/a.c:4 $kvm/a.c:9"
{ raw f; raw g 'foo() foo'; } | tree a.c
words 'a function that cannot be parsed' "$kvm/a.c:4" \
	'6: not analysed: g: spatch cannot parse it [icr-raw64]'
{ raw f; printf 'void h(void)\n{\n\tfoo() foo;\n}\n'; } | tree a.c
words 'another function that cannot' "$kvm/a.c:4"
{ raw f; raw g 'for (;;) foo()'; } | tree a.c
words 'a loop without an end' "$kvm/a.c:4 $kvm/a.c:9"
odd='#ifdef A\nvoid h(void)\n{\n#else\nvoid i(void)\n{\n\tif (1) {\n#endif\n}\n'
{ raw f; printf '%b' "$odd"; } | tree a.c
words 'boundaries in doubt' "$kvm/a.c:4"
{ raw f; printf '%b' "$odd"; raw g 'foo() foo'; } | tree a.c
words 'boundaries in doubt, and one that cannot be parsed' "$kvm/a.c:4" \
	'15: not analysed: spatch cannot parse it [icr-raw64]'
{ raw f; printf '%b' "$odd"; raw g; } | tree a.c
words 'boundaries in doubt, and one behind' "$kvm/a.c:4 $kvm/a.c:18"
{ raw f; printf '%b' "$odd"; printf 'EVENT(u64 a,\n\tx = foo()\n);\nEVENT(regs,\n\tx = foo()\n);\n'; } |
	tree a.c
words 'boundaries in doubt, and words here and there' "$kvm/a.c:4"

test_begin 'a file that is too large'
sample_repo repo
head -c 70000000 /dev/zero | tr '\0' '\n' >repo/$kvm/huge.c
sample_commit repo huge
for how in cold warm; do
	run icrfix scan -C repo HEAD
	is "$status" 3 "$how: status"
	like "$out" "^$kvm/huge.c: not analysed: the file is larger" "$how: is told"
done

test_begin 'backport'
sample_repo repo
printf '/* \0 */\nint tail_of_file;\n' >>repo/$kvm/lapic.c
sample_commit repo nul
run icrfix backport -C repo --to linux-5.10.y
is "$status" 1 'a NUL byte: needs a human'
like "$out" 'needs a human' 'a NUL byte: state'
not_ok 'a NUL byte: no branch' git -C repo rev-parse -q --verify icrfix/write64/linux-5.10.y
sample_repo macro
cat >>macro/$kvm/lapic.c <<-'END'
	#define M(apic, data) do { kvm_lapic_reg_write(apic, APIC_ICR2, data >> 32); \
		kvm_lapic_reg_write(apic, APIC_ICR, data); } while (0)
END
sample_commit macro macro
run icrfix backport -C macro --to linux-5.10.y -o "$PWD/out"
is "$status" 3 'a macro beside it: status'
like "$out" 'not seen .*lapic.c:[0-9]+ in M\(\): in a macro' 'a macro beside it: is told'
like "$(cat out/*)" 'lapic.c:[0-9]+: M: in a macro' 'and in the mail'
sample_repo crlf
sed -i 's/$/\r/' crlf/$kvm/lapic.c
git -C crlf config core.autocrlf false
sample_commit crlf crlf
run icrfix backport -C crlf --to linux-5.10.y
is "$status" 0 'CRLF: status'
is "$(git -C crlf show icrfix/write64/linux-5.10.y:$kvm/lapic.c | grep -cv $'\r$')" 0 \
	'CRLF: the helper has the line ends of the file'

test_begin 'output'
sample_tree tree full
mkfifo pipe
timeout 20 cat pipe >got.json &
run icrfix scan --format json=pipe tree
wait
ok 'a pipe is written to' test -p pipe
is "$(jq .icrfix got.json)" 1 'and has the report'
ln -s real.json link
: >real.json
run icrfix scan --format json=link tree
ok 'a link stays one' test -L link
is "$(jq .icrfix real.json)" 1 'and what it points to has the report'
"$ICRFIX" scan -q tree >/dev/full 2>err
is "$? $(wc -l <err)" '2 1' 'a full device'
like "$(cat err)" 'cannot write to standard output: No space left' 'is told'
sample_repo repo
"$ICRFIX" backport -C repo --to linux-5.10.y -o - >/dev/full 2>err
is "$?" 2 'a full device for mails'
export TMPDIR=$PWD/tmp
mkdir tmp
for i in 1 2 3; do "$ICRFIX" scan -q tree | true; done
is "$(ls tmp)" '' 'a reader that goes away leaves nothing behind'

test_begin 'strays'
sample_tree tree full
cat >spatch <<-'END'
	#!/bin/sh
	[ "$1" = --version ] && { echo 'spatch version 1.1.1'; exit 0; }
	exec setsid sh -c 'sleep 98765 & sleep 98765'
END
chmod +x spatch
ICRFIX_SPATCH=$PWD/spatch run icrfix scan -c icrfix.spatchTimeout=1 tree
is "$status" 3 'a spatch that leaves its process group: status'
not_ok 'nothing of it runs on' pgrep -f 'sleep 98765'
run icrfix scan tree
is "$status" 1 'and what it said is not kept'

done_testing

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Trees that mean harm or are merely odd: names, links, special files, contents.

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm

names=('a blank.c' $'new\nline.c' -dash.c --sp-file=x.c "\$(touch pwned).c" "\`touch pwned\`.c"
	'a;touch pwned;.c' "quote'.c" 'double".c' 'back\slash.c' '*.c' '%s%n.c' 'ü.c'
	$'\033[31mred.c' $'tab\t.c' 'colon:1:2.c')

hostile_tree() {
	sample_tree "$1" full
	local name
	for name in "${names[@]}"; do
		cp "$tests/sample-full/$kvm/x86.c" "$1/$kvm/$name"
	done
}

# every_name TEXT: the JSON report on stdout has each name once.
every_name() {
	local expected
	expected=$(printf '%s\0' "${names[@]}" | sort -z | tr '\0\n' '\n@')
	is "$(jq -r '.findings[] | select(.rule == "icr-split-write") | .path
		| select(test("/(lapic|x86|svm/avic)\\.c$") | not)
		| sub("^'$kvm'/"; "") | gsub("\n"; "@")' <<<"$out" | LC_ALL=C sort)" \
		"$(LC_ALL=C sort <<<"${expected%$'\n'}")" "$1"
}

test_begin 'hostile names'
hostile_tree repo
git init -q -b linux-5.10.y repo
sample_commit repo sample
run icrfix scan --format json repo
is "$status" 1 'a directory'
every_name 'a directory: every file is found'
run icrfix scan --format json -C repo linux-5.10.y
every_name 'a revision: every file is found'
run icrfix scan repo
is "$status" 1 'text'
unlike "$out$err" $'\033' 'text: no escape reaches the terminal'
is "$(grep -c 'icr-split-write\]$' <<<"$out")" $((${#names[@]} + 4)) \
	'text: a line each, also for a name with a newline'
cd repo/$kvm || exit
run icrfix scan -- -dash.c
is "$status" 1 'a file with a leading dash, after --'
run icrfix scan "./\$(touch pwned).c"
is "$status" 1 'a file named like a command'
is "$(find "$home" -name pwned)" '' 'no name was ever run'

test_begin 'bytes that are not UTF-8'
sample_tree . full
cp $kvm/x86.c "$kvm/"$'caf\xe9.c'
printf '/* \xff\xfe */\n' >>$kvm/x86.c
sed -i $'s,kvm_lapic_set_reg(vcpu->arch.apic\\, APIC_ICR2.*,& /* \xe9 */,' $kvm/x86.c
run icrfix scan --format json .
is "$status" 1 'status'
ok 'JSON is valid' jq -e . "$home/out"
ok 'and UTF-8' iconv -f UTF-8 -t UTF-8 "$home/out"
is "$(jq '.findings | length' "$home/out")" 8 'all found'

test_begin 'symbolic links'
sample_tree . full
mkdir "$home/outside"
cp $kvm/x86.c "$home/outside/x86.c"
ln -s lapic.c $kvm/link.c
ln -s "$home/outside/x86.c" $kvm/out.c
ln -s "$home/outside" $kvm/dir
ln -s .. $kvm/loop
ln -s /nonexistent $kvm/dangling.c
run icrfix scan .
is "$status $(finding_lines <<<"$out" | wc -l)" '1 7' 'are not followed'
unlike "$out" 'link\.c|out\.c|/dir/|/loop/' 'nor named'

test_begin 'special files'
sample_tree . full
mkfifo $kvm/fifo.c
: >$kvm/empty.c
printf '\0\0APIC_ICR2 APIC_ICR\0' >$kvm/binary.c
mkdir $kvm/directory.c
run icrfix scan .
ok 'ends' test "$status" -ne 124
is "$(finding_lines <<<"$out" | wc -l)" 7 'the others are found'
mv $kvm/binary.c "$home"
run icrfix scan .
is "$status" 1 'a pipe and an empty file are no reason for status 3'

test_begin 'no newline at the end, CRLF'
sample_tree .
sed '/APIC_ICR2, (u32)/d' -i $kvm/lapic.c
printf '%s' "$(cat "$tests/sample-full/$kvm/x86.c")" >$kvm/cut.c
sed 's/$/\r/' "$tests/sample-full/$kvm/x86.c" >$kvm/crlf.c
run icrfix scan .
is "$(finding_lines <<<"$out")" "$kvm/crlf.c:13 icr-split-write
$kvm/cut.c:13 icr-split-write" 'found'

test_begin 'unreadable'
sample_tree . full
chmod 000 $kvm/x86.c
if [ -r $kvm/x86.c ]; then
	skip 'root reads everything'
else
	run icrfix scan .
	ok 'is not clean' test "$status" -ge 2
fi
chmod 644 $kvm/x86.c

test_begin 'nothing to look at'
mkdir empty
run icrfix scan empty
is "$status" 2 'an empty directory: status 2'
sample_tree other
rm -r other/arch/x86/kvm
echo 'int x;' >other/x.c
run icrfix scan other
fails_with 2 '.' "no file under the rules' paths: status 2"
git init -q other
sample_commit other 'other'
run icrfix scan -C other HEAD
fails_with 2 '.' 'so in a revision'
run icrfix scan /nonexistent/directory
fails_with 2 '/nonexistent/directory' 'a directory that is not there'
sample_tree . full
run icrfix scan MAINTAINERS
is "$status" 2 'a file that no rule is for'

test_begin 'wrong use'
sample_tree .
run icrfix
is "$status" 2 'no command'
run icrfix nonsense
fails_with 2 'nonsense' 'an unknown command'
run icrfix scan --nonsense
fails_with 2 'nonsense' 'an unknown option'
run icrfix scan --rule
fails_with 2 'rule' 'an option without its argument'
run icrfix -C /nonexistent scan
fails_with 2 '/nonexistent' 'a wrong -C'
run icrfix --version
is "$status" 0 '--version: status'
like "$out" '^icrfix [0-9]' '--version'
run icrfix --help
is "$status" 0 '--help: status'
like "$out" 'scan' '--help: the commands'
run icrfix scan --help
is "$status" 0 'scan --help: status'
like "$out" '--all-paths' 'scan --help: the options'

done_testing

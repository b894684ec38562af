#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# spatch: missing, too old, crashing, and what it must not read of the tree.

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm
real=$(command -v spatch)

# fake FILE BODY: a spatch that answers --version, and else does BODY.
fake() {
	cat >"$1" <<-END
		#!/bin/sh
		case " \$* " in *' --version '*) exec $real --version ;; esac
		$2
	END
	chmod +x "$1"
}

# The temporary directory holds nothing of icrfix any more.
nothing_left() {
	is "$(find "$TMPDIR" -mindepth 1)" '' "$1"
}

own_tmp() {
	export TMPDIR=$home/tmp
	mkdir "$TMPDIR"
}

test_begin 'a scan'
sample_tree . full
own_tmp
run icrfix scan .
is "$status" 1 'works'
nothing_left 'leaves nothing in TMPDIR'

test_begin 'missing'
sample_tree . full
own_tmp
ICRFIX_SPATCH=/nonexistent/spatch run icrfix scan .
fails_with 2 '/nonexistent/spatch' 'named by the environment'
run icrfix -c icrfix.spatch=/nonexistent/other scan .
fails_with 2 '/nonexistent/other' 'named by the configuration'
run env PATH=/nonexistent "$ICRFIX" scan .
fails_with 2 'spatch.*(coccinelle|Coccinelle)|(coccinelle|Coccinelle).*spatch' \
	'not in PATH: the message names what to install'
ICRFIX_SPATCH=$PWD/$kvm/lapic.c run icrfix scan .
fails_with 2 'lapic.c' 'not a program'
nothing_left 'nothing left behind'

test_begin 'too old'
sample_tree . full
own_tmp
printf '#!/bin/sh\necho "spatch version 1.0.4 compiled with OCaml version 4.02.3"\n' >old
chmod +x old
ICRFIX_SPATCH=$PWD/old run icrfix scan .
fails_with 2 '1\.0\.4' 'the message names its version'
like "$err" 'old|newer|at least|needs? ' 'and says that it is too old'
printf '#!/bin/sh\necho hello\n' >old
ICRFIX_SPATCH=$PWD/old run icrfix scan .
fails_with 2 'spatch|old' 'something that is no spatch'
nothing_left 'nothing left behind'

test_begin 'a crash'
sample_tree . full
own_tmp
fake crash 'kill -SEGV $$'
ICRFIX_SPATCH=$PWD/crash run icrfix scan .
is "$status" 3 'status 3, not clean'
like "$out$err" 'lapic\.c' 'what was not analysed is named'
ICRFIX_SPATCH=$PWD/crash run icrfix scan --format json .
is "$(jq -r '[.not_analysed[].path] | unique[]' <<<"$out")" "$kvm/lapic.c
$kvm/svm/avic.c
$kvm/x86.c" 'in JSON too'
run icrfix scan .
is "$status $(finding_lines <<<"$out" | wc -l)" '1 7' 'a crash is not cached'
nothing_left 'nothing left behind'

test_begin 'an error'
sample_tree . full
own_tmp
fake fails 'echo "Fatal error: exception Failure" >&2; exit 2'
ICRFIX_SPATCH=$PWD/fails run icrfix scan .
is "$status" 3 'status 3'
run icrfix scan .
is "$status $(finding_lines <<<"$out" | wc -l)" '1 7' 'is not cached'
fake silent 'exit 1'
ICRFIX_SPATCH=$PWD/silent run icrfix scan --no-cache .
is "$status" 3 'an error without a word: status 3'

test_begin 'not needed'
sample_tree .
rm $kvm/lapic.?
echo 'int nothing(void) { return 0; }' >$kvm/nothing.c
fake never "touch $home/ran; exit 1"
ICRFIX_SPATCH=$PWD/never run icrfix scan .
is "$status" 0 'a file without the tokens'
not_ok 'costs no run' test -e "$home/ran"

test_begin 'interrupted'
sample_tree . full
own_tmp
fake slow 'while :; do :; done'
ICRFIX_SPATCH=$PWD/slow "$ICRFIX" scan . >/dev/null 2>&1 &
pid=$!
sleep 1
kill -TERM $pid
wait $pid
ended=$?
ok 'ends, and not as clean' test "$ended" -ge 2
sleep 0.3
is "$(pgrep -f "$PWD/slow")" '' 'and spatch with it'
nothing_left 'nothing left behind'

test_begin '.cocciconfig'
sample_repo . full
right=$("$ICRFIX" scan --no-cache .)
for dir in . arch arch/x86 $kvm $kvm/svm "$HOME"; do
	printf '[spatch]\n\toptions = --no-such-option\n\toptions = -D nothing\n' \
		>"$dir/.cocciconfig"
done
sample_commit . hostile
run icrfix scan --no-cache .
is "$status $out" "1 $right" 'of the tree and of HOME is not read'
run icrfix scan --no-cache HEAD
is "$status $(finding_lines <<<"$out" | wc -l)" '1 7' 'nor in a revision'
cd $kvm || exit
run icrfix scan --no-cache .
is "$status $(finding_lines <<<"$out" | wc -l)" '1 7' 'nor in the current directory'

test_begin 'what cannot be parsed'
sample_tree . full
cat >$kvm/broken.c <<'END'
#include "lapic.h"

int whole(struct kvm_lapic *apic)
{
	return 0;
}

int broken(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	if (data ] ) @@ while { ;
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}
END
run icrfix scan --format json .
is "$status" 3 'status 3'
is "$(jq -r '[.not_analysed[].path] | unique[]' <<<"$out")" "$kvm/broken.c" 'the file is named'
is "$(jq '.findings | length' <<<"$out")" 7 'the others are found'
run icrfix scan --whole-files --format json .
is "$status $(jq -r '[.not_analysed[].path] | unique[]' <<<"$out")" "3 $kvm/broken.c" \
	'the same with whole files'
sed -i 's/kvm_lapic_reg_write/other/; s/APIC_ICR2*/0/' $kvm/broken.c
run icrfix scan .
is "$status" 1 'of no matter without the tokens'

test_begin 'without Python'
if [ -x /usr/bin/python3 ] && unshare -m true 2>/dev/null; then
	# shellcheck disable=SC2016 # for the other shell
	without=(unshare -m sh -c 'mount --bind /dev/null "$(realpath /usr/bin/python3)" &&
		PATH=/usr/bin:/bin exec "$@"' sh "$ICRFIX")
	mkdir -p clean/arch/x86/kvm
	cp "$tests"/cocci/icr-split-write/no-match-guarded.c clean/arch/x86/kvm/a.c
	run "${without[@]}" scan --no-cache clean
	is "$status" 0 'code that needs a look and is right'
	sample_tree tree
	run "${without[@]}" scan --no-cache tree
	fails_with 2 'needs Python: install python3' 'something to report'
else
	skip 'no mount namespace' 2
fi

done_testing

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix scan of directories and files: what is found, where, with which status.

. "$(dirname "$0")/../lib/tap.sh"

kvm=arch/x86/kvm

# line FILE N TEXT: the number of the Nth line with this text.
line() {
	grep -nF -- "$3" "$1" | sed -n "$2s/:.*//p"
}

# What the full sample holds, in the order of a report.
expected_full() {
	local l=$tests/sample-full/$kvm
	{
		echo "$kvm/lapic.c:$(line "$l/lapic.c" 1 'offset, 4, &val') vicr-read32"
		echo "$kvm/lapic.c:$(line "$l/lapic.c" 1 'APIC_ICR2, (u32)') icr-split-write"
		echo "$kvm/lapic.c:$(line "$l/lapic.c" 1 'reg, 4, &low') icr-split-read"
		echo "$kvm/lapic.c:$(line "$l/lapic.c" 2 'APIC_ICR2, (u32)') icr-split-write"
		echo "$kvm/lapic.c:$(line "$l/lapic.c" 2 'reg, 4, &low') icr-split-read"
		echo "$kvm/svm/avic.c:$(line "$l/svm/avic.c" 1 'APIC_ICR2, icrh') icr-split-write"
		echo "$kvm/x86.c:$(line "$l/x86.c" 1 'APIC_ICR2, (u32)') icr-split-write"
	}
}

in_lapic() {
	expected_full | grep lapic.c
}

test_begin 'plain directory'
sample_tree . full
run icrfix scan .
is "$status" 1 'findings are status 1'
is "$(finding_lines <<<"$out")" "$(expected_full)" 'the seven, in order'
unlike "$err" 'warning|NOT' 'no complaint on stderr'
like "$out" "^$kvm/x86.c:13:[0-9]+: warning: .*\[icr-split-write\]\$" 'the form of a finding'
like "$out" 'handle_fastpath_set_x2apic_icr_irqoff' 'the function is named'
like "$out" 'kvm_lapic_set_reg\(vcpu->arch.apic, APIC_ICR2' 'the line is shown'
unlike "$out" $'\033' 'no colour outside a terminal'
run icrfix scan
is "$(finding_lines <<<"$out")" "$(expected_full)" 'no argument: the current directory'

test_begin 'files and subdirectories'
sample_tree . full
run icrfix scan $kvm/lapic.c
is "$status" 1 'one file: status'
is "$(finding_lines <<<"$out")" "$(in_lapic)" 'one file: its findings'
run icrfix scan $kvm/svm
is "$(finding_lines <<<"$out")" "$(expected_full | grep svm/)" 'one directory'
cd $kvm || exit
run icrfix scan lapic.c
is "$(finding_lines <<<"$out")" "$(in_lapic)" 'from inside: the path is from the root'
run icrfix scan .
is "$(finding_lines <<<"$out")" "$(expected_full)" 'from inside: a directory'
cd svm || exit
run icrfix scan ../lapic.c
is "$(finding_lines <<<"$out")" "$(in_lapic)" 'from inside: a path with ..'
run icrfix scan "$PWD/avic.c"
is "$(finding_lines <<<"$out")" "$(expected_full | grep svm/)" 'an absolute path'
run icrfix scan -C "$home/work/$kvm" lapic.c
is "$(finding_lines <<<"$out")" "$(in_lapic)" '-C DIR'

test_begin 'work tree of a repository'
sample_repo repo full
run icrfix scan repo
is "$(finding_lines <<<"$out")" "$(expected_full)" 'from outside'
echo '/* nothing */' >repo/$kvm/x86.c
rm repo/$kvm/svm/avic.c
cp repo/$kvm/lapic.c repo/$kvm/untracked.c
cd repo/$kvm || exit
run icrfix scan .
is "$(finding_lines <<<"$out")" "$(in_lapic; in_lapic | sed s/lapic/untracked/)" \
	'files as they are on disk'

test_begin 'clean'
sample_tree .
sed -i '/APIC_ICR2, (u32)/d' $kvm/lapic.c
run icrfix scan .
is "$status" 0 'status 0'
is "$(finding_lines <<<"$out")" '' 'no finding'

test_begin '--rule'
sample_tree . full
run icrfix scan --rule icr-split-read .
is "$(finding_lines <<<"$out")" "$(expected_full | grep split-read)" 'one rule'
run icrfix scan --rule icr-split-read --rule vicr-read32 .
is "$(finding_lines <<<"$out")" "$(expected_full | grep -v split-write)" 'two rules'
run icrfix scan --rule icr-write-order .
is "$status" 0 'a rule that finds nothing'
run icrfix scan --rule no-such-rule .
fails_with 2 'no-such-rule' 'an unknown rule'

test_begin 'the wrong order'
sample_tree .
cat >$kvm/order.c <<'END'
#include "lapic.h"

void wrong(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
}

void stored(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_set_reg(apic, APIC_ICR, 0);
	kvm_lapic_set_reg(apic, APIC_ICR2, 0);
}
END
run icrfix scan --rule icr-write-order .
is "$status" 1 'status'
is "$(finding_lines <<<"$out" | cut -d' ' -f2)" icr-write-order 'once, not for stores'
like "$out" "^$kvm/order.c:[56]:[0-9]+: error: " 'is an error'

test_begin '--all-paths'
sample_tree . full
mkdir -p drivers/misc
cp $kvm/x86.c drivers/misc/other.c
run icrfix scan .
is "$(finding_lines <<<"$out")" "$(expected_full)" 'other paths are left out'
run icrfix scan --all-paths .
is "$(finding_lines <<<"$out")" \
	"$(expected_full; echo drivers/misc/other.c:13 icr-split-write)" 'the whole tree'

test_begin '-j'
sample_tree . full
for i in $(seq -w 1 12); do
	cp $kvm/lapic.c "$kvm/lapic$i.c"
	cp $kvm/x86.c "$kvm/x86_$i.c"
done
run icrfix scan --no-cache -j 1 .
one=$out
is "$(finding_lines <<<"$out" | wc -l)" 79 'all found'
run icrfix scan --no-cache -j 4 .
is "$out" "$one" 'the same text with -j 4'
run icrfix scan --no-cache --whole-files -j 3 .
is "$out" "$one" 'and with whole files'
run icrfix scan -j 0x .
fails_with 2 '0x' 'a wrong number'

test_begin 'two splits in one function'
sample_tree .
sed -i '/APIC_ICR2, (u32)/d' $kvm/lapic.c
cat >$kvm/two.c <<'END'
#include "lapic.h"

void two(struct kvm_lapic *apic, u64 a, u64 b)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(a >> 32));
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)a);
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(b >> 32));
	kvm_lapic_reg_write(apic, APIC_ICR, (u32)b);
}
END
run icrfix scan .
is "$(finding_lines <<<"$out")" "$kvm/two.c:5 icr-split-write
$kvm/two.c:7 icr-split-write" 'one finding a site'

done_testing

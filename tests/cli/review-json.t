#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix review --format json, against doc/review.schema.json.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/review.sh
. "$tests/lib/review.sh"

# json FILTER: of the report.
json() {
	jq -c "$1" report.json
}

test_begin 'a series'
review_series
run icrfix review -q -C repo --base HEAD --format json="$PWD/report.json" "$PWD/series.mbox"
is "$status$out$err" 3 'a patch does not apply'
ok 'as the schema says' valid review report.json
is "$(json '[.title, .revision, .base.how]')" '["KVM: x86: Send",2,"given"]' 'the series'
is "$(json '.patches[] | [.n, .m, .applied, (.trouble | if . then sub(";.*"; "") else . end)]')" \
	'[1,3,"moved",null]
[2,3,"moved",null]
[3,3,"no","does not apply: gone/file: does not exist"]' 'the patches'
is "$(json '.notes[] | [.patch, .check, .path, .line, .side, .severity]')" \
	'[2,"icr-raw64","arch/x86/kvm/lapic.c",57,"new","warning"]
[2,"icr-split-write","arch/x86/kvm/lapic.c",58,"new","warning"]
[2,"icr-split-write","arch/x86/kvm/lapic.c",78,"new","warning"]' 'the notes'
is "$(json '.notes[0].message_id')" "\"$(sed -n '/^Message-Id/,/>/ s/.*<\(.*\)>.*/\1/p' \
	all/v2-0002-*.patch | head -1)\"" 'the mail'
cp report.json first.json
run icrfix review -q -C repo --base HEAD --format json="$PWD/report.json" "$PWD/series.mbox"
ok 'the same again' cmp first.json report.json

tap_name='a range'
run icrfix review -q -C topic --format json="$PWD/report.json" HEAD~4..HEAD
is "$status" 1 'notes'
ok 'as the schema says' valid review report.json
is "$(json '[.title, .revision, .base.how, .patches[1].applied, .patches[1].message_id]')" \
	'[null,null,"parent","commit",null]' 'no mails'
is "$(json '.patches[1].commit')" "\"$(git -C topic rev-parse HEAD~2)\"" 'commits'

tap_name='not analysed'
printf '\n#define send_all(apic, data) do { kvm_lapic_reg_write(apic, APIC_ICR2, (data) >> 32); kvm_lapic_reg_write(apic, APIC_ICR, (u32)(data)); } while (0)\n' \
	>>topic/$kvm/lapic.c
sample_commit topic 'KVM: x86: Send as a macro'
run icrfix review -q -C topic --format json="$PWD/report.json" HEAD~1..HEAD
is "$status" 3 'something was not'
ok 'as the schema says' valid review report.json
is "$(json '.not_analysed[] | [.patch, .path, .reason]')" \
	'[1,"arch/x86/kvm/lapic.c","in a macro"]' 'what'
done_testing

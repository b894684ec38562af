#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix review: what the checks of code say, and where they say nothing.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/review.sh
. "$tests/lib/review.sh"

# body FUNCTION FILE: what is on stdin becomes the function's body, in FILE.
body() {
	awk -v fn="$1" -v new="$(cat)" '
		skip && /^}/ { skip = 0; print new }
		!skip
		index($0, fn "(") && /^[a-z]/ && !/;/ { found = 1 }
		found && /^{/ { skip = 1; found = 0 }' "$2" >body.tmp && mv body.tmp "$2"
}

nodecode() {
	body kvm_apic_write_nodecode $kvm/lapic.c
}

# review ARGS...: the notes, a line each, are $notes: patch, check, file, line.
review() {
	run icrfix review -q --format json="$home/report.json" "$@"
	notes=$(jq -r '.notes[] | "\(.patch) \(.check) \((.path // "-") | sub(".*/"; "")) \(.line)"' \
		"$home/report.json" | sort)
}

# said CHECK: those of one check.
said() {
	grep -E "^[^ ]+ $1 " <<<"$notes"
}

# line_of TEXT: its line in lapic.c.
line_of() {
	grep -nF -e "$1" $kvm/lapic.c | head -n 1 | cut -d: -f1
}

# changed: commit the work tree and review that commit.
changed() {
	sample_commit . 'KVM: x86: Change it'
	review HEAD~1..HEAD
}

# back: to the sample as it was.
back() {
	git reset -q --hard "$start"
}

# What is said of changelogs is for another test.
in_sample() {
	for check in signed-off-by subject-prefix spelling unknown-word terms checkpatch; do
		git config --global "icrfix.check.$check" false
	done
	sample_repo repo full && cd repo || exit
	start=$(git rev-parse HEAD)
}

test_begin 'a branch on the mode'
in_sample
branch='	u32 val = 0;

	offset &= 0xff0;

	if (apic_x2apic_mode(vcpu->arch.apic) && (offset == APIC_ICR)) {
		kvm_lapic_reg_read(vcpu->arch.apic, APIC_ICR2, 4, &val);
	} else {
		kvm_lapic_reg_read(vcpu->arch.apic, offset, 4, &val);
	}
	kvm_lapic_reg_write(vcpu->arch.apic, offset, val);'
nodecode <<<"$branch"
changed
at=$(line_of '(offset == APIC_ICR)) {')
is "$(said 'mode-.*')" "1 mode-comment lapic.c $at
1 mode-offset lapic.c $at" 'a comment and a WARN are asked for'
is "$(jq -r '[.notes[] | select(.check | startswith("mode-")) | .severity, .side] | unique | @csv' \
	"$home/report.json")" '"new","note"' 'notes on the new side'
review -c icrfix.check.mode-comment=false HEAD~1..HEAD
is "$(said 'mode-.*')" "1 mode-offset lapic.c $at" 'mode-comment is off'
review -c icrfix.check.mode-offset=false HEAD~1..HEAD
is "$(said 'mode-.*')" "1 mode-comment lapic.c $at" 'mode-offset is off'
git format-patch -q -1 --stdout >../one.mbox
back
review --base HEAD ../one.mbox
is "$(said 'mode-.*')" "1 mode-comment lapic.c $at
1 mode-offset lapic.c $at" 'the same of a mail'

# silent TEXT: the body on stdin has no note of these checks.
silent() {
	back
	nodecode
	changed
	is "$(said 'mode-.*')" '' "silent: $1"
}

silent 'a comment above' <<<"${branch/	if (apic/	\/* ICR has 64 bits *\/
	if (apic}"
silent 'a comment in the block' <<<"${branch/(offset == APIC_ICR)) \{/(offset == APIC_ICR)) \{
		// ICR has 64 bits}"
silent 'it only leaves' <<<"	u32 val = 0;

	if (apic_x2apic_mode(vcpu->arch.apic) && offset == APIC_ICR) {
		val = 1;
		return;
	}
	kvm_lapic_reg_write(vcpu->arch.apic, offset, val);"
back
body kvm_lapic_reg_write $kvm/lapic.c <<'EOF'
	if (apic_x2apic_mode(apic) && reg == APIC_ICR) {
		kvm_apic_send_ipi(apic, val, 0);
		return 0;
	}
	kvm_lapic_set_reg(apic, reg, val);
	return 0;
EOF
changed
is "$(said 'mode-.*')" '' 'silent: the function knows of the mode already'

# only_comment TEXT: the body on stdin needs a comment and no WARN.
only_comment() {
	back
	nodecode
	changed
	is "$(said 'mode-.*')" "1 mode-comment lapic.c $(line_of 'if (apic_x2apic_mode(vcpu->arch.apic)')" \
		"a comment only: $1"
}

only_comment 'other offsets are told apart' <<<"${branch/	kvm_lapic_reg_write(vcpu/	if (offset != APIC_ID)
		kvm_lapic_reg_write(vcpu}"
back
nodecode <<<"${branch/	offset &= 0xff0;/	offset &= 0xff0;
	WARN_ON_ONCE(offset == APIC_ICR2);}"
changed
is "$(said mode-offset)" '' 'silent: there is a WARN'

back
nodecode <<'EOF'
	struct kvm_lapic *apic = vcpu->arch.apic;
	u64 val;

	if (apic_x2apic_mode(apic)) {
		kvm_lapic_reg_read(apic, offset, 8, &val);
		kvm_lapic_reg_write(apic, offset, val);
	} else {
		kvm_lapic_reg_read(apic, offset, 4, &val);
		kvm_lapic_reg_write(apic, offset, val);
	}
EOF
changed
at=$(line_of 'if (apic_x2apic_mode(apic)) {')
is "$(said 'mode-.*')" "1 mode-comment lapic.c $at
1 mode-offset lapic.c $at" 'any offset as a 64-bit register'
back
nodecode <<'EOF'
	struct kvm_lapic *apic = vcpu->arch.apic;
	u64 val;

	if (apic_x2apic_mode(apic)) {
		if (WARN_ON_ONCE(offset != APIC_ICR))
			return;
		kvm_lapic_reg_read(apic, offset, 8, &val);
	} else {
		kvm_lapic_reg_read(apic, offset, 4, &val);
	}
	kvm_lapic_reg_write(apic, offset, val);
EOF
changed
is "$(said 'mode-.*')" "1 mode-comment lapic.c $(line_of 'if (apic_x2apic_mode(apic)) {')" \
	'with the WARN'

test_begin 'a value that could be wider'
in_sample
nodecode <<'EOF'
	u32 val = 0;

	if (offset == APIC_ICR) {
		u64 wide = kvm_lapic_get_reg(vcpu->arch.apic, offset);

		val = (u32)wide;
	} else {
		kvm_lapic_reg_read(vcpu->arch.apic, offset, 4, &val);
	}
	kvm_lapic_reg_write(vcpu->arch.apic, offset, val);
EOF
changed
is "$(said wide-copy)" "1 wide-copy lapic.c $(line_of 'val = (u32)wide')" 'the copy'
run icrfix lint -q HEAD~1..HEAD
unlike "$out" wide-copy 'not for lint'
echo 'int other(int a) { return a; }' >>$kvm/lapic.c
changed
is "$(said wide-copy)" '' 'silent: it was there before'

test_begin 'what the function would look like'
in_sample
cat >>$kvm/lapic.c <<'EOF'

int other_msr_write(struct kvm_lapic *apic, u32 reg, u64 data)
{
	if (!apic)
		return 1;
	/* if this is ICR write vector before command */
	if (reg == APIC_ICR)
		kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	return kvm_lapic_reg_write(apic, reg, (u32)data);
}

int send_both(struct kvm_lapic *apic, u64 data)
{
	kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
	apic->sent++;
	return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
}
EOF
changed
is "$(jq -r '.notes[] | select(.check == "icr-split-write") | "\(.line) \(.diff != null)"' \
	"$home/report.json")" "$(grep -n 'APIC_ICR2, (u32)(data' $kvm/lapic.c | tail -2 |
	sed '1s/:.*/ true/; 2s/:.*/ false/')" 'only where the refactor converts the site'
jq -r '.notes[].diff | select(. != null)' "$home/report.json" >../one.diff
ok 'the diff applies' git apply ../one.diff
is "$(git diff HEAD --numstat)" "9	4	$kvm/lapic.c" 'no other function, and the helper'
like "$(sed -n '/^int other_msr_write/,/^}/p' $kvm/lapic.c)" \
	'^.return kvm_lapic_reg_write64\(apic, reg, data\);' 'the function'
cp "$home/report.json" ../first.json
git reset -q --hard
review HEAD~1..HEAD
ok 'the same again, from the cache' cmp ../first.json "$home/report.json"

test_begin 'a series'
in_sample
for what in one two three; do
	case $what in
	one) cat >>$kvm/lapic.c ;;
	two) echo "int $what;" >>$kvm/x86.c ;;
	three) sed -i '/^int send_both/,/^}/d' $kvm/lapic.c ;;
	esac <<-'EOF'
		int send_both(struct kvm_lapic *apic, u64 data)
		{
			kvm_lapic_reg_write(apic, APIC_ICR2, (u32)(data >> 32));
			return kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);
		}
	EOF
	sample_commit . "KVM: x86: $what"
done
git format-patch -q --thread -3 --base="$start" -o ../out
at=$(git show HEAD~2:$kvm/lapic.c | grep -n 'APIC_ICR2, (u32)(data' | tail -1 | cut -d: -f1)
back
cat ../out/* >../all.mbox
review ../all.mbox
is "$notes" "1 mended-later lapic.c $at" 'complete; what 3/3 mends'
like "$(jq -r '.notes[].text' "$home/report.json")" 'Patch 3/3 mends it' 'which one'
review -c icrfix.check.mended-later=false ../all.mbox
is "$notes" '' 'mended-later is off'
# texts: of the notes about the series.
texts() {
	jq -r '.notes[] | select(.patch == null) | "\(.severity) \(.check) \(.text)"' "$home/report.json"
}
cat ../out/0001* ../out/0003* >../some.mbox
run icrfix review -q --format json="$home/report.json" ../some.mbox
is "$(texts)" 'warning missing 2/3 is not in the thread: later patches were looked at without it.' \
	'a patch is missing'
run icrfix review -q -c icrfix.check.missing=false --format json="$home/report.json" ../some.mbox
is "$(texts)" '' 'missing is off'
sed "s/^base-commit: .*/base-commit: 1234567890123456789012345678901234567890/" ../all.mbox >../other.mbox
run icrfix review -q --format json="$home/report.json" ../other.mbox
like "$(texts)" '^warning missing the base-commit 1234567890' 'the base is not here'
run icrfix review -q --base HEAD --format json="$home/report.json" ../other.mbox
is "$(texts)" '' 'silent: the user gives the base'

test_begin 'a helper without a user'
in_sample
echo 'int user(int a);' >>$kvm/lapic.c
sample_commit . 'KVM: x86: Declare it'
# add NAME [TEXT]: a static function at the end of lapic.c, and TEXT behind it.
add() {
	printf 'static int %s(int a)\n{\n\treturn a + 1;\n}\n%s\n' "$1" "${2-}" >>$kvm/lapic.c
	sample_commit . "KVM: x86: Add $1"
}
add late
at=$(line_of 'static int late(')
printf 'int user(int a)\n{\n\treturn late(a);\n}\n' >>$kvm/lapic.c
sample_commit . 'KVM: x86: Use it'
review HEAD~2..HEAD
is "$(said unused-helper)" "1 unused-helper lapic.c $at" 'a later patch uses it'
like "$(jq -r '.notes[].text' "$home/report.json")" 'nothing calls it until 2/2' 'which one'
review -c icrfix.check.unused-helper=false HEAD~2..HEAD
is "$(said unused-helper)" '' 'unused-helper is off'
add never
review HEAD~1..HEAD
is "$(jq -r '.notes[] | "\(.check) \(.text)"' "$home/report.json")" \
	'unused-helper never() is static and nothing calls it: the compiler warns.' 'no patch uses it'
add used 'int of_it(int a) { return used(a); }'
add member 'struct ops ops = { .member_of = member };'
add foo_show 'DEVICE_ATTR_RO(foo);'
add exported 'EXPORT_SYMBOL_GPL(exported);'
printf '%s(int a) { return a; }\n' 'int global' 'static inline int in_line' \
	'static int __maybe_unused maybe' >>$kvm/lapic.c
sample_commit . 'KVM: x86: Add others'
sed -i 's/^static int never(int a)/static int never(int b)/; s/return a + 1;/return 1 + a;/' $kvm/lapic.c
sample_commit . 'KVM: x86: Change one'
review HEAD~6..HEAD
is "$(said unused-helper)" '' \
	'silent: used, in a structure, of a macro, exported, global, inline, marked, changed'

done_testing

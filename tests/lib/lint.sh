# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# For the tests of icrfix lint; to be sourced after tap.sh.  Commits are made in
# the current directory, a repository.
# shellcheck disable=SC2034,SC2154 # variables for the tests, and those of tap.sh

kvm=arch/x86/kvm
# What a CI service that runs the tests says of itself.
unset "${!CI_@}" GITHUB_EVENT_PATH

# split NAME [HIGH]: a function that writes both halves; HIGH is the value of ICR2.
split() {
	printf '\nint %s(struct kvm_lapic *apic, u64 data)\n{\n' "$1"
	printf '\tkvm_lapic_reg_write(apic, APIC_ICR2, %s);\n' "${2:-(u32)(data >> 32)}"
	printf '\treturn kvm_lapic_reg_write(apic, APIC_ICR, (u32)data);\n}\n'
}

# mend NAME FILE: the function writes the value as a whole.
mend() {
	sed -i "/^int $1(/,/^}/ { /APIC_ICR2/d
		s/kvm_lapic_reg_write(apic, APIC_ICR, .*)/kvm_lapic_reg_write64(apic, APIC_ICR, data)/ }" "$2"
}

# macro NAME: both halves written in a macro, which cannot be analysed.
macro() {
	printf '\n#define %s(apic, data) do { \\\n' "$1"
	printf '\tkvm_lapic_reg_write(apic, APIC_ICR2, (u32)((data) >> 32)); \\\n'
	printf '\tkvm_lapic_reg_write(apic, APIC_ICR, (u32)(data)); } while (0)\n'
}

# plain N: a function without anything in it, long enough to be told apart.
plain() {
	printf '\nint plain_%s(int a)\n{\n\tif (a == %s)\n\t\treturn a * %s;\n\treturn 2;\n}\n' \
		"$1" "$1" "$1"
}

# in_repo DIR [full]: the sample as a repository, and the current directory.
in_repo() {
	sample_repo "$1" "${2-}" && cd "$1" || exit
	base=$(git rev-parse HEAD)
	clock=1631312933
}

# commit MESSAGE: all of the work tree; each a minute after the one before.
commit() {
	clock=$((clock + 60))
	git add -A && GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" \
		git commit -q --allow-empty -m "$1"
}

# merge MESSAGE BRANCH...: without a commit, for the test to touch up.
merge() {
	git merge -q --no-ff --no-commit "${@:2}" >/dev/null 2>&1 || :
}

# all_of DIR: refs, work tree, and every file of the repository itself.
all_of() {
	repo_state "$1" 2>/dev/null
	find "$(git -C "$1" rev-parse --path-format=absolute --git-common-dir)" -type f \
		-printf '%p %s %T@\n' | sort
}

# verdicts: what the report says, a sorted line each: patch, verdict, rule, path, function.
verdicts() {
	jq -r '.patches[] | . as $p | ["introduced", "fixed", "changed", "moved"][] as $v | .[$v][]
		| "\($p.n) \($v) \(.rule) \(.path | sub(".*/kvm/"; "")) \(.function)"' \
		"$home/report.json" | sort
}

# lint STATUS VERDICTS TEXT ARGS...: run it here; the report is $home/report.json.
lint() {
	local want="$1" expected="$2" text=$3 before
	shift 3
	before=$(all_of .)
	run icrfix lint --format json="$home/report.json" --format text "$@"
	is "$status"$'\n'"$(verdicts)" "$want"$'\n'"$expected" "$text"
	ok "$text: as the schema says" valid lint "$home/report.json"
	is "$(all_of .)" "$before" "$text: the repository is as before"
}

# refused STATUS REGEX TEXT ARGS...: an error of one line, and no change.
refused() {
	local want="$1" regex="$2" text=$3 before
	shift 3
	before=$(all_of .)
	run icrfix lint "$@"
	fails_with "$want" "$regex" "$text"
	is "$(all_of .)" "$before" "$text: the repository is as before"
}

# report FILTER: of the last JSON.
report() {
	jq -r "$1" "$home/report.json"
}

# valid_b4 FILE: what b4 reads from a check.
valid_b4() {
	jq -e 'type == "array" and all(.[];
		keys == ["details", "status", "summary", "tool", "url"]
		and (.tool | type == "string") and (.status | IN("pass", "warn", "fail"))
		and (.summary | type == "string" and (contains("\n") | not))
		and (.url | type | IN("string", "null")) and (.details | type == "string"))' "$1"
}

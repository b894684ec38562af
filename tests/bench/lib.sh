# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What the benches share; to be sourced.  Each prints rows of one table; $missed
# is 1 when a target was missed.  Times are medians of hyperfine over $runs runs.
# Peers run with PATH=/usr/bin:/bin, so that a python3 of another place, which
# may start more slowly, does not flatter icrfix.
# shellcheck disable=SC2034 # missed is for the caller

runs=5
missed=0

# bench_begin: a private directory $tmp and home; no settings of the user.
bench_begin() {
	tmp=$(mktemp -d)
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 130' INT TERM
	export HOME="$tmp" XDG_CACHE_HOME="$tmp/cache" PATH=/usr/bin:/bin
	export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
}

# seconds COMMAND: the median of its runs; any exit status that it should have.
seconds() {
	hyperfine -N -i -w 1 -r "$runs" --style none --export-json "$tmp/times.json" "$1" \
		>/dev/null 2>"$tmp/err" || {
		cat "$tmp/err" >&2
		return 1
	}
	jq -r '.results[0].median' "$tmp/times.json"
}

# expect STATUS COMMAND: it ends so; the times of a failure would say nothing.
expect() {
	local status=0
	eval "$2" >/dev/null 2>"$tmp/err" || status=$?
	[ "$status" = "$1" ] && return
	echo "bench: status $status, not $1: $2" >&2
	cat "$tmp/err" >&2
	exit 2
}

# kilobytes COMMAND: its peak memory.
kilobytes() {
	eval "/usr/bin/time -f %M -o '$tmp/mem' $1" >/dev/null 2>&1 || :
	tail -n 1 "$tmp/mem"
}

calc() {
	awk "BEGIN { printf \"%.3f\", $1 }"
}

# row NAME SECONDS [PEER SECONDS FACTOR]: with its ratio to a peer and target.
row() {
	local ratio=- target=- verdict=-
	if [ $# -gt 2 ]; then
		ratio=$(calc "$2 / $4")
		target="<= $5 x $3"
		verdict=$(verdict "$2 <= $5 * $4")
	fi
	line "$1" "$(calc "$2") s" "$ratio" "$target" "$verdict"
}

# limit NAME VALUE UNIT LIMIT: with an absolute target.
limit() {
	line "$1" "$2 $3" - "<= $4 $3" "$(verdict "$2 <= $4")"
}

verdict() {
	awk "BEGIN { print ($1) ? \"ok\" : \"MISSED\" }"
}

line() {
	printf '%-44s %10s %8s  %-24s %s\n' "$@"
	if [ "$5" = MISSED ]; then missed=1; fi
}

# head_line TREE: above the table.
head_line() {
	printf '%s cores, %s, %s, %s, median of %s runs\n\n' "$(nproc)" \
		"$(spatch --version | sed 's/ compiled.*//;q')" "$(git --version)" "$1" "$runs"
	printf '%-44s %10s %8s  %-24s %s\n' '' time ratio target ''
}

# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of the command line, as TAP for prove.  A test file is
#
#	. "$(dirname "$0")/../lib/tap.sh"
#	test_begin 'what is shown'	# a fresh directory, the current one
#	run icrfix scan .		# $status, $out, $err
#	is "$status" 1 'findings'
#	done_testing
#
# Each test_begin makes a directory with its own HOME and git settings, so
# nothing of the user's leaks in and nothing leaks out of one test into the
# next.  $ICRFIX names the binary.  All is removed at the end, but kept and
# named when a test failed and ICRFIX_TEST_KEEP is set.
# shellcheck disable=SC2034 # variables for the tests

set -u

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project=$(dirname "$tests")
: "${ICRFIX:=$project/icrfix}"
ICRFIX=$(realpath -m "$ICRFIX")
# The caches of real kernels are the user's, not those of a test.
: "${ICRFIX_TEST_CACHE:=${XDG_CACHE_HOME:-$HOME/.cache}/icrfix-tests}"
export ICRFIX ICRFIX_TEST_CACHE

tap_count=0
tap_failed=0
tap_name=
tap_top=$(mktemp -d "${TMPDIR:-/tmp}/icrfix-test.XXXXXX")
trap tap_end EXIT
trap 'exit 130' INT TERM

tap_end() {
	cd /
	if [ "$tap_failed" -gt 0 ] && [ -n "${ICRFIX_TEST_KEEP-}" ]; then
		diag "kept: $tap_top"
		return
	fi
	chmod -R u+rwX "$tap_top"
	rm -rf "$tap_top"
}

diag() {
	printf '%s\n' "$*" | sed 's/^/# /' >&2
}

# tap_result STATUS TEXT: one line of TAP; STATUS 0 is ok.
tap_result() {
	tap_count=$((tap_count + 1))
	local text="${tap_name:+$tap_name: }$2"
	text=${text//#/\\#}
	if [ "$1" -eq 0 ]; then
		echo "ok $tap_count - ${text//$'\n'/ }"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_count - ${text//$'\n'/ }"
	fi
	return "$1"
}

# test_begin NAME: the current directory is a new, empty one.
test_begin() {
	tap_name=$1
	home=$(mktemp -d "$tap_top/XXXXXX")
	unset "${!GIT_@}" "${!ICRFIX_SPATCH@}"
	export HOME=$home XDG_CACHE_HOME=$home/.cache XDG_CONFIG_HOME=$home/.config
	export GIT_CONFIG_GLOBAL=$home/.gitconfig GIT_CONFIG_NOSYSTEM=1
	export LC_ALL=C.UTF-8 TZ=UTC
	unset NO_COLOR CLICOLOR_FORCE
	cat >"$GIT_CONFIG_GLOBAL" <<-'END'
		[user]
			name = Test User
			email = test@example.org
		[init]
			defaultBranch = main
		[gc]
			auto = 0
		[advice]
			detachedHead = false
	END
	mkdir "$home/work" && cd "$home/work" || exit
}

# run COMMAND ARGS...: sets $status, $out and $err; "icrfix" is $ICRFIX.
run() {
	[ "$1" = icrfix ] && set -- "$ICRFIX" "${@:2}"
	tap_ran="$*"
	timeout 120 "$@" >"$home/out" 2>"$home/err" </dev/null
	status=$?
	out=$(tr -d '\0' <"$home/out")
	err=$(tr -d '\0' <"$home/err")
}

# What the last command did, for a test that failed.
tap_last() {
	[ -n "${tap_ran-}" ] || return 0
	diag "ran: $tap_ran"
	diag "status: $status"
	[ -z "$out" ] || diag "stdout: $(head -n 30 <<<"$out" | cut -c 1-400)"
	[ -z "$err" ] || diag "stderr: $(head -n 30 <<<"$err" | cut -c 1-400)"
}

# ok TEXT COMMAND ARGS...: COMMAND succeeds.
ok() {
	local text=$1
	shift
	"$@" >/dev/null 2>&1
	tap_result $? "$text" || {
		diag "failed: $*"
		tap_last
	}
}

# not_ok TEXT COMMAND ARGS...: COMMAND fails.
not_ok() {
	local text=$1
	shift
	! "$@" >/dev/null 2>&1
	tap_result $? "$text" || diag "succeeded: $*"
}

# is GOT EXPECTED TEXT
is() {
	[ "$1" = "$2" ]
	tap_result $? "$3" || {
		diag "got:      $1"
		diag "expected: $2"
		tap_last
	}
}

# like GOT REGEX TEXT: an extended regular expression, on any line.
like() {
	grep -qE -e "$2" <<<"$1"
	tap_result $? "$3" || {
		diag "got:           $(head -n 30 <<<"$1")"
		diag "is not like:   $2"
		tap_last
	}
}

# unlike GOT REGEX TEXT
unlike() {
	! grep -qE -e "$2" <<<"$1"
	tap_result $? "$3" || {
		diag "got:      $(head -n 30 <<<"$1")"
		diag "is like:  $2"
		tap_last
	}
}

# fails_with STATUS REGEX TEXT: the last command failed so, with one line on
# stderr that is like REGEX, and nothing on stdout.
fails_with() {
	local lines
	lines=$(grep -c . <<<"$err")
	[ "$status" = "$1" ] && [ "$lines" = 1 ] && [ -z "$out" ] &&
		[[ $err == icrfix:* ]] && grep -qE -e "$2" <<<"$err"
	tap_result $? "$3" || {
		diag "expected: status $1, one line 'icrfix: ...' like: $2"
		tap_last
	}
}

# valid SCHEMA FILE: the report is as doc/SCHEMA.schema.json says.
valid() {
	/usr/bin/python3 - "$project/doc/$1.schema.json" "$2" <<-'END'
		import json, sys, jsonschema
		schema, report = (json.load(open(name)) for name in sys.argv[1:])
		jsonschema.Draft7Validator.check_schema(schema)
		jsonschema.validate(report, schema)
	END
}

# ci_format github|gitlab FILE: strictly what the service's documentation has; for
# github the annotations come out as JSON.
ci_format() {
	/usr/bin/python3 "$tests/lib/ci-format.py" "$@"
}

# skip WHY [COUNT]
skip() {
	local i
	for ((i = 0; i < ${2:-1}; i++)); do
		tap_count=$((tap_count + 1))
		echo "ok $tap_count # skip ${tap_name:+$tap_name: }$1"
	done
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

done_testing() {
	echo "1..$tap_count"
	[ "$tap_failed" -eq 0 ]
	exit
}

# sample_tree DIR [full]: the sample as a plain directory.
sample_tree() {
	mkdir -p "$1" && cp -R "$tests/sample/." "$1"
	[ -z "${2-}" ] || cp -R "$tests/sample-full/." "$1"
}

# sample_commit REPO MESSAGE: all of the work tree, at a fixed time.
sample_commit() {
	git -C "$1" add -A &&
		GIT_AUTHOR_DATE='1631312933 +0000' GIT_COMMITTER_DATE='1631312933 +0000' \
			git -C "$1" commit -q --allow-empty -m "$2"
}

# sample_repo DIR [full] [BRANCH]: a repository of the sample, on linux-5.10.y.
sample_repo() {
	git init -q -b "${3:-linux-5.10.y}" "$1" && sample_tree "$1" "${2-}" &&
		sample_commit "$1" 'sample'
}

# The state of a repository that a command must not change.
repo_state() {
	git -C "$1" for-each-ref
	git -C "$1" symbolic-ref -q HEAD || git -C "$1" rev-parse HEAD
	git --no-optional-locks -C "$1" status --porcelain
	git -C "$1" ls-files --stage
	git -C "$1" config --local --list
	find "$1" -name .git -prune -o -type f -printf '%p %s %T@\n' | sort
}

# What a text report says: path:line [rule], one per line.
finding_lines() {
	sed -nE 's/^([^ :][^:]*:[0-9]+):[0-9]+: [a-z]+: .*\[([a-z0-9-]+)\]$/\1 \2/p'
}

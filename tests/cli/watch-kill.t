#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix watch, killed at every step: the next run loses and repeats nothing.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/lore.sh
. "$tests/lib/lore.sh"
# shellcheck source=tests/lib/series.sh
. "$tests/lib/series.sh"

missing=$(lore_missing)
[ -z "$missing" ] || skip_all "$missing"
trap 'lore_stop; tap_end' EXIT

test_begin 'set-up'
top=$PWD
series_repo repo
series_mails repo alpha 1 good bad
series_ago=50
series_mails repo beta 1 bad
series_ago=40
series_mails repo gamma 1 good bad
rm mails/gamma-v1/*0002*
series_ago=30
series_mails repo alpha 2 good bad2
lore_start "$home/lore" mails/*/*.patch || skip_all 'the server did not start'
ok 'the killer is built' "${CC:-cc}" -shared -fPIC -o kill-at.so "$tests/lib/kill-at.c" -ldl
cat >counter <<-'END'
	#!/usr/bin/python3
	import json, sys
	d = json.load(sys.stdin)
	delta = d["delta"] and [len(d["delta"][k]) for k in ("still_there", "fixed", "new")]
	with open(sys.argv[1], "a") as f:
	    f.write("%s %s %s\n" % (d["delivery"], d["series"]["title"], delta))
END
chmod +x counter

fresh() {
	rm -rf state out log steps repo/killed
}

# watch COMMAND ENV...: a run with this --exec and environment.
watch() {
	local command=$1
	shift
	# shellcheck disable=SC2016 # of the shell that tells of a killed one
	run bash -c '"$@"; exit' - env "$@" "$ICRFIX" watch -C repo -c "icrfix.loreUrl=$lore_url" \
		-c "icrfix.stateDir=$top/state" --query 'dfn:arch/x86/kvm/*' --once \
		--mail "$top/out" --exec "$command" "${watch_args[@]}"
}
watch_args=()

count="$top/counter $top/log"
delivered() {
	sort -u log
	(cd out && ls -A)
}

tap_name='not killed'
fresh
watch "$count"
fresh
watch "$count" "KILL_LOG=$top/steps" "LD_PRELOAD=$top/kill-at.so"
is "$status" 1 'status'
wanted=$(delivered)
is "$(cut -d' ' -f2- log)" "KVM: x86: alpha None
KVM: x86: beta, part 1 None
KVM: x86: alpha [1, 0, 0]" 'what is delivered'
mapfile -t steps < <(cut -d' ' -f2 steps)
ok 'there are steps enough' test ${#steps[@]} -gt 30
watch "$count"
is "$status $(wc -l <log)" '0 3' 'once'

# The mark follows the command by one transaction: only there it may run twice.
tap_name='killed'
for ((n = 1; n <= ${#steps[@]}; n++)); do
	fresh
	watch "$count" "KILL_AT=$n" "LD_PRELOAD=$top/kill-at.so"
	killed=$status
	watch "$count"
	watch "$count"
	twice=0
	case "${steps[n - 3]-} ${steps[n - 2]-} ${steps[n - 1]}" in
	*' fork fdatasync' | 'fork fdatasync unlink') twice=1 ;;
	esac
	is "$killed $status $(($(wc -l <log) - 3)) $(delivered)" "137 0 $twice $wanted" \
		"at step $n, ${steps[n - 1]}"
done

tap_name='killed by its command'
fresh
watch "kill -9 \$PPID; sleep 60; $count"
is "$status" 137 'before it did anything'
for i in 1 2; do
	watch "$count"
done
is "$status $(wc -l <log) $(delivered)" "0 3 $wanted" 'each result comes once'
fresh
watch "$count; kill -9 \$PPID"
is "$status $(wc -l <log)" '137 1' 'after it did its work'
for i in 1 2; do
	watch "$count"
done
is "$status $(wc -l <log) $(delivered)" "0 4 $wanted" 'that one comes again, with the same id'

tap_name='killed by spatch'
spatch=$(command -v spatch)
cat >spatch-kills <<-END
	#!/bin/sh
	case "\$*" in
	*version*) ;;
	*) [ -e $top/repo/killed ] || { : >$top/repo/killed; kill -9 \$PPID; } ;;
	esac
	exec $spatch "\$@"
END
chmod +x spatch-kills
fresh
watch_args=(--no-cache)
watch "$count" "ICRFIX_SPATCH=$top/spatch-kills"
is "$status" 137 'while it lints'
not_ok 'nothing was delivered' test -e log
for i in 1 2; do
	watch "$count" "ICRFIX_SPATCH=$top/spatch-kills"
done
is "$status $(wc -l <log) $(delivered | sort)" "0 3 $(sort <<<"$wanted")" 'each result comes once'

done_testing

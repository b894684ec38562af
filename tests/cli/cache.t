#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The result cache: never a wrong answer, whatever the file holds.

. "$(dirname "$0")/../lib/tap.sh"

# A fresh repository, and the answer without a cache in $right.
cache_test() {
	test_begin "$1"
	db=$XDG_CACHE_HOME/icrfix/cache.db
	sample_repo repo full
	run icrfix scan --no-cache -C repo linux-5.10.y
	right=$out
}

# same TEXT: a scan now gives the right answer.
same() {
	run icrfix scan -C repo linux-5.10.y
	is "$status $out" "1 $right" "$1"
}

# A cache that was used twice before.
primed() {
	"$ICRFIX" scan -C repo linux-5.10.y >/dev/null
	"$ICRFIX" scan -C repo linux-5.10.y >/dev/null
}

# set_aside TEXT: the answer is right, there is a warning, the old file is kept.
set_aside() {
	local before
	before=$(md5sum <"$db")
	same "$1: the right answer"
	like "$err" '^icrfix: .*cache' "$1: a warning"
	is "$(find "${db%/*}" -type f -exec md5sum {} + | grep -c "${before% *}")" 1 \
		"$1: set aside, not lost"
	same "$1: and again"
	unlike "$err" 'cache' "$1: warned once"
}

cache_test 'made and used'
not_ok '--no-cache makes none' test -e "$db"
same 'cold'
ok 'is there' test -s "$db"
is "$(find "$XDG_CACHE_HOME" -perm /022)" '' 'for the user alone to write'
same 'warm'
run icrfix scan -j 1 -C repo linux-5.10.y
is "$out" "$right" 'warm, with -j 1'

cache_test 'what changes is seen'
primed
sed -i '0,/APIC_ICR2, (u32)/{/APIC_ICR2, (u32)/d}' repo/arch/x86/kvm/lapic.c
run icrfix scan repo
is "$(finding_lines <<<"$out" | wc -l)" 6 'another blob'
mkdir rules
run icrfix scan -C repo --rule icr-split-read linux-5.10.y
is "$(finding_lines <<<"$out" | wc -l)" 2 'other rules'

cache_test 'damaged'
primed
printf 'this is no database' >"$db"
set_aside 'not a database'

cache_test 'cut short'
primed
rm -f "$db"-wal "$db"-shm
truncate -s 5000 "$db"
same 'the right answer'

cache_test 'bytes overwritten'
primed
rm -f "$db"-wal "$db"-shm
size=$(stat -c %s "$db")
for ((at = 4096; at < size; at += 1024)); do
	head -c 64 /dev/zero | tr '\0' '\377' |
		dd of="$db" bs=1 seek="$at" conv=notrunc status=none
done
same 'the right answer'

cache_test 'foreign'
mkdir -p "${db%/*}"
/usr/bin/python3 - "$db" <<-'END'
	import sqlite3, sys
	db = sqlite3.connect(sys.argv[1])
	db.execute("create table results (key text, value text)")
	db.execute("create table holiday (photo blob)")
	db.commit()
END
set_aside 'a database of something else'

cache_test 'empty file'
mkdir -p "${db%/*}"
: >"$db"
same 'the right answer'

cache_test 'no place for it'
XDG_CACHE_HOME=/dev/null/nowhere run icrfix scan -C repo linux-5.10.y
is "$status $out" "1 $right" 'the right answer'
mkdir -p "$db"
same 'a directory in its place'

cache_test 'many runs at once'
for i in 1 2 3 4 5 6; do
	"$ICRFIX" scan -C repo linux-5.10.y >"out$i" 2>"err$i" &
done
wait
for i in 1 2 3 4 5 6; do
	is "$(cat "out$i"; grep cache "err$i")" "$right" "run $i"
done
same 'afterwards'

cache_test 'killed'
export TMPDIR=$home/tmp # a run that is killed cannot clean up
mkdir "$TMPDIR"
for i in 1 2 3 4 5; do
	"$ICRFIX" scan -C repo linux-5.10.y >/dev/null 2>&1 &
	sleep "0.0$i"
	kill -KILL $! 2>/dev/null
	wait $! 2>/dev/null
done
same 'afterwards'

done_testing

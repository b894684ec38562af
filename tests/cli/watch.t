#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix watch on a real public-inbox: what is told, when, and how often.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/lore.sh
. "$tests/lib/lore.sh"
# shellcheck source=tests/lib/series.sh
. "$tests/lib/series.sh"

missing=$(lore_missing)
[ -z "$missing" ] || skip_all "$missing"
trap 'lore_stop; tap_end' EXIT

# begin NAME: a test with a repository; the server's mails come by arrive.
begin() {
	lore_stop
	test_begin "$1"
	unset XDG_STATE_HOME
	export XDG_CACHE_HOME=$tap_top/cache
	lore=$home/lore
	state=$home/.local/state/icrfix/watch.db
	series_ago=60
	series_from='A Developer <dev@example.org>'
	series_repo repo
	query='dfn:arch/x86/kvm/*'
}

# arrive FILE...: mails come to the list.
arrive() {
	if [ -d "$lore" ]; then lore_add "$lore" "$@"; else lore_start "$lore" "$@"; fi
}

watch() {
	run icrfix watch -C repo -c "icrfix.loreUrl=$lore_url" --query "$query" --once "$@"
}

# said: the subjects that the last run told of, sorted.
said() {
	sed -n 's/^Subject: //p' <<<"$out" | sort
}

# A command for --exec: the delivery and the title of each result go to a file.
counter() {
	cat >counter <<-'END'
		#!/usr/bin/python3
		import json, sys
		text = sys.stdin.read()
		d = json.loads(text)
		with open(sys.argv[1], "a") as f:
		    f.write("%s %s\n" % (d["delivery"], d["series"]["title"]))
		with open(sys.argv[1] + ".json", "w") as f:
		    f.write(text)
	END
	chmod +x counter
	count="$PWD/counter $PWD/log"
}

begin 'a first run'
series_mails repo alpha 1 good bad
series_mails repo beta 1 bad
series_mails repo gamma 1 good
arrive mails/*/*.patch
watch
is "$status" 1 'findings'
is "$(said)" "[PATCH v1 0/2] KVM: x86: alpha
[PATCH v1] KVM: x86: beta, part 1" 'what has a finding is told'
like "$out" '^From: A Developer <dev@example.org>$' 'with its sender'
like "$out" '^Message-ID: <cover\.' 'its Message-ID'
like "$out" "^Link: ${lore_url}cover\." 'and a link'
is "$(finding_lines <<<"$out" | sort)" "arch/x86/kvm/lapic.c:110 icr-split-write
arch/x86/kvm/lapic.c:115 icr-split-write" 'the report of lint'
like "$err" '3 series linted, 2 findings introduced' 'the summary'
watch
is "$status $out" '0 ' 'a second run has nothing to say'
like "$err" '0 series linted' 'and looks at nothing'
watch --since 30
is "$status $out" '0 ' 'nor when it looks back further'

begin 'a newer revision'
series_mails repo alpha 1 bad:one bad2:two
arrive mails/*/*.patch
watch
like "$err" '2 findings' 'v1 has two findings'
series_ago=30
series_mails repo alpha 2 good bad2:two bad3:three
arrive mails/alpha-v2/*.patch
watch
is "$status" 1 'v2 is linted'
like "$out" '^Since v1 \(cover\.[^)]*\): 1 still there, 1 fixed, 1 new$' 'as delta'
like "$out" '^  still there: arch/x86/kvm/lapic.c:[0-9]+ in two\(\) \[icr-split-write\]$' 'still there'
like "$out" '^  fixed: +arch/x86/kvm/lapic.c:[0-9]+ in one\(\)' 'fixed'
like "$out" '^  new: +arch/x86/kvm/lapic.c:[0-9]+ in three\(\)' 'new'
series_ago=20
series_mails repo alpha 3 good good
arrive mails/alpha-v3/*.patch
watch --format json
is "$status" 0 'v3 is clean'
printf '%s' "$out" >json
ok 'but told, as JSON in its form' valid watch json
is "$(grep -c . json)" 1 'on one line'
is "$(/usr/bin/python3 -c 'import json
d = json.load(open("json"))["delta"]
print(d["revision"], [f["function"] for f in d["fixed"]], d["still_there"], d["new"])')" \
	"2 ['two', 'three'] [] []" 'since it fixes what v2 had'
series_ago=10
mkdir resend
for f in mails/alpha-v3/*.patch; do
	sed -e 's/^Subject: \[PATCH/Subject: [PATCH RESEND/' -e "s/cover\./again./g" \
		-e 's/^Message-Id: </Message-Id: <r/' "$f" >"resend/$(basename "$f")"
done
arrive resend/*.patch
watch --all
is "$status $out" '0 ' 'a resend is not told'
like "$err" '0 series linted, 1 resent' 'but counted'

begin 'a finding that moves, and one that is set aside'
series_mails repo alpha 1 bad:one bad2:two
arrive mails/*/*.patch
watch
like "$err" '2 findings' 'v1 has two findings'
series_ago=30
series_mails repo alpha 2 bad:uno bad2:two
arrive mails/alpha-v2/*.patch
cat >repo/aside <<-'END'
	{"icrfix-suppressions": 1, "suppressions": [
		{"rule": "icr-split-write", "path": "arch/x86/kvm/lapic.c", "function": "two",
		 "reason": "known", "until": "2999-01-01"}]}
END
watch --suppressions aside --exec 'cat >json'
like "$err" '1 series linted, 1 finding introduced' 'v2 has one that counts'
ok 'the JSON is in its form' valid watch repo/json
is "$(/usr/bin/python3 -c 'import json
d = json.load(open("repo/json"))["delta"]
print([(f["function"], f["was"]["function"]) for f in d["still_there"]], d["fixed"], d["new"])')" \
	"[('uno', 'one')] [] []" 'it moved; what is set aside is not fixed'
series_ago=20
series_mails repo alpha 3 bad:eins
arrive mails/alpha-v3/*.patch
watch
like "$out" '^  still there: .* in eins\(\)' 'so does the text'
like "$out" '^ +moved from .* in uno\(\)$' 'say where it was'

begin '--all'
series_mails repo gamma 1 good
arrive mails/*/*.patch
watch --all
is "$status" 0 'a series without findings'
is "$(said)" '[PATCH v1] KVM: x86: gamma, part 1' 'is told too'

begin 'a series that is not complete'
series_mails repo alpha 1 bad good
series_mails repo beta 1 bad good
arrive mails/alpha-v1/*0001*.patch mails/beta-v1/*000[01]*.patch
watch
is "$status $out" '0 ' 'waits'
like "$err" '0 series linted, 2 wait for missing patches' 'which is said'
arrive mails/alpha-v1/*000[02]*.patch
watch
is "$status" 1 'is linted'
is "$(said)" '[PATCH v1 0/2] KVM: x86: alpha' 'when the others come'
like "$err" '1 series linted.*, 1 waits for' 'the other one waits'
watch -c icrfix.watchPatience=0
is "$status" 3 'its time is over'
like "$out" '2/2 .*\(no subject\)' 'then it is linted with what is there'
like "$out" '^  is missing$' 'and the missing patch named'
watch -c icrfix.watchPatience=0
is "$status $out" '0 ' 'once'
arrive mails/beta-v1/*0002*.patch
watch
is "$(said)" '[PATCH v1 0/2] KVM: x86: beta' 'what comes later is worth another look'
like "$out" '^Since v1 \(cover.*1 still there, 0 fixed, 0 new' 'as delta'
like "$out" '^  \(not all of v1 could be looked at\)$' 'with what is not known'

begin 'a series without its first patch'
series_mails repo alpha 1 good bad
arrive mails/alpha-v1/*0002*.patch
watch -c icrfix.watchPatience=0
is "$status" 3 'status'
like "$out" '^not looked at: no commit of this repository' 'has no base'
like "$out" '^note: incomplete, missing: 1/2' 'and what is missing is told'
arrive mails/alpha-v1/*000[01]*.patch
watch
is "$(said)" '[PATCH v1 0/2] KVM: x86: alpha' 'it is linted when that comes'

begin 'patches that answer nothing'
series_mails repo alpha 1 good bad
for f in mails/alpha-v1/*000[12]*.patch; do
	sed -i '/^In-Reply-To:/d; /^References:/d' "$f"
done
arrive mails/alpha-v1/*000[12]*.patch
watch
is "$(said)" '[PATCH v1 1/2] KVM: x86: alpha, part 1' 'are one series'
like "$err" '1 series linted' 'and linted once'

begin 'what cannot be applied'
series_mails repo alpha 1 bad
series_mails repo beta 1 bad
series_mails repo gamma 1 bad
sed -i 's/^ \treturn 0;/ \treturn 77;/' mails/alpha-v1/*.patch
sed -i 's/^index [0-9a-f]*/index 1234567/' mails/beta-v1/*.patch
arrive mails/*/*.patch
watch
is "$status" 3 'status'
is "$(said)" "[PATCH v1] KVM: x86: alpha, part 1
[PATCH v1] KVM: x86: beta, part 1
[PATCH v1] KVM: x86: gamma, part 1" 'all are told'
like "$out" '^  does not apply: ' 'one does not apply'
like "$out" '^not looked at: no commit of this repository' 'one has no base'
watch
is "$status $out" '0 ' 'once'

begin 'what fails'
series_mails repo alpha 1 bad
series_ago=30
echo 'M: Nobody' >>repo/MAINTAINERS
git -C repo commit -q -a -m 'a maintainer'
blob=$(git -C repo rev-parse HEAD:MAINTAINERS)
echo 'L: nowhere' >>repo/MAINTAINERS
git -C repo commit -q -a -m 'MAINTAINERS: a list'
mkdir mails/beta
git -C repo format-patch -q -o "$PWD/mails/beta" --base=HEAD~1 --thread -1
sed -i 1d mails/beta/*.patch
git -C repo reset -q --hard HEAD~1
series_mails repo gamma 1 bad
mv "repo/.git/objects/${blob:0:2}/${blob:2}" lost
arrive mails/*/*.patch
query='dfn:MAINTAINERS OR dfn:arch/x86/kvm/*'
watch
is "$status" 3 'status'
is "$(said)" "[PATCH v1] KVM: x86: alpha, part 1
[PATCH v1] KVM: x86: gamma, part 1" 'does not stop the others'
like "$err" 'is tried again in the next run: .*MAINTAINERS' 'and is told'
watch
is "$status $out" '3 ' 'a second time'
cp "$state" before
watch
like "$out" '^not looked at: .*MAINTAINERS' 'the third time is the last'
watch
is "$status $out" '0 ' 'then it is done'
cp before "$state"
mv lost "repo/.git/objects/${blob:0:2}/${blob:2}"
watch --all
is "$status $(said)" '0 [PATCH] MAINTAINERS: a list' 'or linted, when what failed is mended'

begin '--exec'
series_mails repo alpha 1 bad
series_mails repo beta 1 bad
arrive mails/*/*.patch
counter
watch --exec "$count; exit 1"
is "$status" 3 'a command that fails'
is "$out" '' 'nothing is printed'
like "$err" 'not delivered, to be tried again in the next run: .*alpha.*: exit status 1' 'is told'
like "$err" '2 series linted.*, 2 NOT DELIVERED' 'and counted'
watch --exec "$count"
is "$status" 0 'the next run delivers'
like "$err" '0 series linted' 'without linting again'
is "$(sort log | uniq -c | awk '{ print $1 }' | tr '\n' ' ')" '2 2 ' 'with the same ids'
ok 'what it reads is in its form' valid watch log.json
rm log
watch --exec "$count"
not_ok 'and delivers once' test -e log
series_ago=20
series_mails repo delta 1 'bad'
sed -i "s/^Subject: .*/Subject: [PATCH] KVM: \$(touch pwned) \`touch pwned\`'; touch pwned; '/" \
	mails/delta-v1/*.patch
arrive mails/delta-v1/*.patch
# shellcheck disable=SC2016 # of the other shell
watch --exec 'env >env; echo "$0 $*" >args; cat >input'
like "$(cat repo/input)" 'touch pwned' 'a title with shell in it'
not_ok 'is no command' test -e repo/pwned
unlike "$(cat repo/env repo/args)" 'pwned' 'and is neither argument nor environment'
watch --exec true --format text
is "$status $out" '0 ' 'nothing is left'

begin '--mail'
series_from='Jürgen Ünlü <dev@example.org>'
series_mails repo alpha 1 good bad
sed -i 's/KVM: x86: alpha$/KVM: x86: größer/' mails/alpha-v1/*0000*.patch
sed -i '1i MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit' \
	mails/alpha-v1/*0000*.patch
arrive mails/*/*.patch
watch --mail out/new
is "$status $out" '1 ' 'status'
mail=$(echo repo/out/new/*)
like "$mail" '/[0-9]{8}-kvm-x86-gr-er-v1-[0-9a-f]{8}\.eml$' 'a file'
is "$(/usr/bin/python3 - "$mail" <<-'END'
	import email, email.policy, sys
	m = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
	print(m["To"], "|", m["From"], "|", m["Subject"])
	print(m["In-Reply-To"].startswith("<cover."), "icr-split-write" in m.get_content())
END
)" "Test User <test@example.org> | Test User <test@example.org> | [icrfix] 1 finding in: KVM: x86: größer
True True" 'that is a mail'
git config --global --unset user.email
watch --mail out
fails_with 2 'user.email' 'needs an address'

begin 'two watches'
series_mails repo alpha 1 bad
arrive mails/*/*.patch
watch --exec true
query='dfn:arch/x86/kvm/lapic.c'
watch
is "$(said)" '[PATCH v1] KVM: x86: alpha, part 1' 'another query is another watch'
git clone -q repo other
run icrfix watch -C other -c "icrfix.loreUrl=$lore_url" --query "$query" --once
is "$(said)" '[PATCH v1] KVM: x86: alpha, part 1' 'and so is another repository'
series_ago=20
series_mails repo beta 1 bad
arrive mails/beta-v1/*.patch
cat >nested <<-END
	#!/bin/sh
	$ICRFIX watch -C repo -c icrfix.loreUrl=$lore_url --query "\$1" --once >"\$2" 2>&1
	echo "status \$?" >>"\$2"
END
chmod +x nested
watch --exec "cd ..; ./nested '$query' same; ./nested 'dfn:arch/x86/kvm/*' different"
like "$(cat same)" 'another run of this watch is at work' 'the same watch at the same time ends'
like "$(cat same)" '^status 75$' 'with status 75'
like "$(cat different)" '^Subject: .*beta' 'another one does not'

begin 'the network'
series_mails repo alpha 1 bad
series_ago=50
series_mails repo beta 1 bad
series_ago=40
series_mails repo gamma 1 bad
arrive mails/*/*.patch
counter
lore_down
watch --exec "$count"
is "$status" 75 'an archive that does not answer'
not_ok 'has no result' test -e log
lore_up "$lore"
watch --exec "$count; kill $lore_pid; while kill -0 $lore_pid 2>/dev/null; do :; done"
is "$status" 75 'one that goes away after the search'
is "$(cut -d' ' -f2- log)" 'KVM: x86: alpha, part 1' 'one result was delivered'
like "$err" '1 series linted' 'as the summary says'
lore_up "$lore"
watch --exec "$count"
is "$status" 1 'the next run goes on'
is "$(cut -d' ' -f2- log | sort)" "KVM: x86: alpha, part 1
KVM: x86: beta, part 1
KVM: x86: gamma, part 1" 'nothing is lost or repeated'
series_ago=10
series_mails repo delta 1 bad
arrive mails/delta-v1/*.patch
watch --exec false
lore_down
watch --exec "$count"
is "$status" 75 'without an archive'
is "$(tail -n 1 log | cut -d' ' -f2-)" 'KVM: x86: delta, part 1' 'what is linted is delivered'
lore_up "$lore"
query='dfn:nothing.c'
watch
is "$status" 0 'a first run without any match'
like "$err" 'no mail at all in http.* matches yet; is this the list' 'is told'
watch
unlike "$err" 'matches yet' 'the first time only'
query='NOT dfn:nothing.c AND ('
watch --list 'a/../b'
fails_with 2 '--list takes the name or the URL of an inbox' 'a list that is none'

begin 'the list'
series_mails repo alpha 1 bad
arrive mails/*/*.patch
run icrfix watch -C repo -c "icrfix.loreUrl=${lore_url%all/}other/" --list all --once
is "$(said)" '[PATCH v1] KVM: x86: alpha, part 1' 'a name, beside icrfix.loreUrl'
run icrfix watch -C repo --list "$lore_url" --once
is "$status" 0 'a URL is the same watch'

begin 'a state that is damaged'
series_mails repo alpha 1 bad
arrive mails/*/*.patch
watch --exec true
for how in 'echo nonsense' ':' "head -c 5000 $state.good; head -c 9000 /dev/zero"; do
	cp "$state" "$state.good"
	eval "$how" >"$state.bad"
	cp "$state.bad" "$state"
	watch
	fails_with 2 'watch state .* is damaged .*mv ' "is an error: $how"
	ok 'and stays as it is' cmp "$state" "$state.bad"
	cp "$state.good" "$state"
done
printf x >dir
run icrfix watch -C repo -c "icrfix.loreUrl=$lore_url" -c "icrfix.stateDir=$PWD/dir" \
	--query "$query" --once
fails_with 2 'cannot make the directory' 'a directory that cannot be'

begin 'foreign names'
series_mails repo alpha 1 bad
series_mails repo beta 1 good
sed -i 's/^Message-Id: .*/Message-Id: <.\/mails\/it@example.org>/' mails/alpha-v1/*.patch
cp mails/beta-v1/*.patch repo/it@example.org
mkdir repo/mails && mv repo/it@example.org repo/mails/
sed -i 's/^Subject: .*/&\x1b]0;x\x07/' mails/alpha-v1/*.patch
arrive mails/alpha-v1/*.patch
watch
is "$status" 1 'an id that is also a file is asked of the archive'
unlike "$out$err" $'\x1b' 'no escape sequence comes out'

begin 'a signal'
series_mails repo alpha 1 bad
arrive mails/*/*.patch
for signal in TERM INT; do
	[ $signal = TERM ] || query='dfn:arch/x86/kvm/lapic.c'
	env --default-signal=INT "$ICRFIX" watch -C repo -c "icrfix.loreUrl=$lore_url" \
		--query "$query" >"$home/out" 2>"$home/err" &
	pid=$!
	# The first round is over when its summary is there.
	for ((i = 0; i < 600; i++)); do
		grep -q '1 series linted' "$home/err" && break
		sleep 0.1
	done
	kill -$signal $pid
	wait $pid
	is $? $((128 + $(kill -l $signal))) "SIG$signal ends it"
	like "$(cat "$home/out")" '^Subject: .*alpha' 'after a round'
	watch
	is "$status $out" '0 ' 'which the next run knows of'
done

begin 'wrong use'
lore_url=http://127.0.0.1:1/x/
run icrfix watch -C repo
fails_with 2 '--list.*--query' 'neither list nor query'
watch --since yesteryear
fails_with 2 '--since takes' 'a date that is none'
watch --base nowhere
fails_with 2 "unknown revision 'nowhere'" 'a base that is none'
watch --format json=x
fails_with 2 '--format json=x' 'a file for many reports'
watch one@example.org
fails_with 2 'takes no argument' 'an argument'

done_testing

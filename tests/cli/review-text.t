#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix review: checks on the text of patches.  Each has cases both ways, and
# each can be turned off.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/lint.sh
. "$tests/lib/lint.sh"

shared=${ICRFIX_SHARED_MAIL:-$(realpath -m "$project/../shared/mail")}

# lists: a word list and codespell's dictionary of our own, for icrfix's settings.
lists() {
	printf '%s\n' previously precisely registers register Frobozz interrupt visualize \
		waring separate separates notables handler handled >"$home/words"
	printf '%s\n' 'recieve->receive' 'hda->had' 'inflight->in-flight' 'waring->warning' \
		'conexant->connexant' 'parmss->params, prams,' 'clas->class, disabled for C++' \
		'clazz->class, disabled for C++' >"$home/codespell"
	git config --global icrfix.wordList "$home/words"
	git config --global icrfix.codespellDict "$home/codespell"
}

# text_repo DIR: the sample with the lists of a kernel tree.
text_repo() {
	sample_repo "$1" && cd "$1" && mkdir scripts Documentation || exit
	printf '%s\n' '# comment' 'wrtie||write' 'teh||the' >scripts/spelling.txt
	echo 'The nothables and sepparate_words live here.' >Documentation/words.rst
	commit 'lists'
	base=$(git rev-parse HEAD)
	lists
}

# patch [FILE]: a commit with the message on stdin; a line is added to FILE.
patch() {
	echo "/* $((++lines)) */" >>"${1:-$kvm/lapic.c}"
	clock=$((clock + 60))
	git add -A && GIT_AUTHOR_DATE="$clock +0000" GIT_COMMITTER_DATE="$clock +0000" \
		git commit -q --cleanup=verbatim -F -
}
lines=0
clock=1631312933

# changelog LINE...: a patch of that subject and changelog, signed off.
changelog() {
	{
		printf '%s\n' "$@"
		printf '\nSigned-off-by: Test User <test@example.org>\n'
	} | patch
}

# review ARGS...: sets $notes to the text checks' notes, "PATCH LINE CHECK: TEXT".
review() {
	run icrfix review --format json="$home/report.json" --format text "$@"
	notes=$(jq -r '.notes[] | select(.side == "changelog" or (.check | startswith("checkpatch")))
		| "\(.patch) \(.line // 0) \(.check): \(.text)"' "$home/report.json")
}

# says TEXT LINE CHECK REGEX [LINE...]: the changelog, else the last commit, is to have that
# note and no other; silent TEXT [LINE...]: it is to have none.  judged looks at all of them.
says() {
	want_text+=("$1")
	want_note+=("$2 $3: $4")
	shift 4
	[ $# = 0 ] || changelog "$@"
}

silent() {
	want_text+=("$1")
	want_note+=('')
	shift
	[ $# = 0 ] || changelog "$@"
}

# judged [CHECK]: review all commits since the last time; without CHECK it has nothing to say.
judged() {
	local i of
	review "$base..HEAD"
	for i in "${!want_text[@]}"; do
		of=$(grep "^$((i + 1)) " <<<"$notes" | cut -d' ' -f2-)
		if [ -z "${want_note[i]}" ]; then
			is "$of" '' "${want_text[i]}: no note"
		else
			like "$of" "^${want_note[i]}" "${want_text[i]}: a note"
			is "$(grep -c . <<<"$of")" 1 "${want_text[i]}: no other"
		fi
	done
	if [ -n "${1-}" ]; then
		is "$status" 1 "$1: status"
		review -c "icrfix.check.$1=false" "$base..HEAD"
		unlike "$notes" "^[0-9]+ [0-9]+ $1:" "$1: off"
	fi
	want_text=()
	want_note=()
	base=$(git rev-parse HEAD)
}
want_text=()
want_note=()

test_begin 'spelling'
text_repo repo
says 'split at a hyphen' 2 spelling '"wrtie" is misspelled: write$' \
	'KVM: x86: Do it' '' 'One line.' 'An APIC-wrtie VM exit.'
says 'in the subject' 0 spelling '"Wrtie" is misspelled: write$' 'KVM: x86: Wrtie it' '' 'Yes.'
says 'a slash, and a bracket' 1 spelling '"wrtie" is misspelled' \
	'KVM: x86: Do it' '' 'A read/wrtie(always) does.'
says 'from codespell' 1 spelling '"Recieve" is misspelled: receive$' \
	'KVM: x86: Do it' '' 'Recieve them.'
says 'several corrections' 1 spelling '"parmss" is misspelled: params, prams$' \
	'KVM: x86: Do it' '' 'The parmss go.'
says 'said once a patch' 1 spelling '"wrtie"' 'KVM: x86: Do it' '' 'A wrtie,' 'a wrtie.'
silent 'code, logs, quotes, URLs, paths, identifiers' 'KVM: x86: Do it' '' \
	'    the wrtie is code' $'\twrtie()' '> a wrtie was quoted' '$ wrtie now' \
	'[    1.2] wrtie' 'a wrtie_reg, wrtie(), wrtie2, WRTIE, reWrtie, wrtie=1, --wrtie' \
	'https://example.org/wrtie <wrtie@example.org> a/wrtie/c wrtie.c "a wrtie"' \
	'a "quote that goes' 'on with wrtie" here' 'columns   of   wrtie' '' \
	'Reported-by: Wrtie <wrtie@example.org>' 'Link: https://example.org/wrtie'
silent 'right words, short ones, joined ones, what codespell doubts' 'KVM: x86: Do it' '' \
	'The hda and the waring of inflight clazz are had.'
silent 'a name' 'KVM: x86: Do it' '' 'It is from Conexant alone.'
echo 'static int parmss;' >>$kvm/lapic.c
silent 'the name of something in the code' 'KVM: x86: Do it' '' 'The parmss go.'
echo '/* parmss are gone */' >$kvm/post.c
printf 'KVM: x86: Do it\n\nThe parmss go.\n\nSigned-off-by: Test User <test@example.org>\n' |
	patch $kvm/post.c
says 'only a comment has it' 1 spelling '"parmss"'
judged spelling
changelog 'KVM: x86: Do it' '' 'A wrtie and a recieve.'
review HEAD~..
like "$out" '^changelog:1: note \[spelling\]$' 'the text report'
is "$(jq -r '.notes[0].evidence' "$home/report.json")" 'A wrtie and a recieve.' 'the line itself'
review -c icrfix.codespellDict=/nowhere/dictionary.txt HEAD~..
fails_with 2 'icrfix.codespellDict: cannot open /nowhere' 'a dictionary that is not there'
: >"$home/empty"
review -c icrfix.codespellDict="$home/empty" HEAD~..
is "$notes" '1 1 spelling: "wrtie" is misspelled: write' 'only the list of the tree'
git rm -q scripts/spelling.txt
commit 'no list'
changelog 'KVM: x86: Do it' '' 'A wrtie and a recieve.'
review --verbose HEAD~..
is "$notes" '1 1 spelling: "recieve" is misspelled: receive' 'only codespell'
like "$err" '^icrfix: the tree has no scripts/spelling\.txt$' 'that is said'

test_begin 'unknown words'
text_repo repo
mkdir -p drivers/net && echo 'int regissters; /* PRECISELYX */' >drivers/net/far.c
printf '%s\n' '/* We virtualize; to virtualize is good */' >$kvm/virt.c
commit 'more words'
base=$(git rev-parse HEAD)
says 'one word is near' 1 unknown-word '"Prevoisely": unknown word, near "Previously"$' \
	'KVM: x86: Do it' '' 'Prevoisely it did not.'
says 'two letters in another order' 1 unknown-word \
	'"regsiter": unknown word, near "register"$' 'KVM: x86: Do it' '' 'Each regsiter counts.'
says 'the code nearby knows better than the list' 1 unknown-word \
	'"virualize": unknown word, near "virtualize"$' 'KVM: x86: Do it' '' 'It can virualize.'
silent 'two are near' 'KVM: x86: Do it' '' 'What it handlex.'
silent 'somewhere in the tree' 'KVM: x86: Do it' '' \
	'The regissters, and preciselyx, it sepparates.'
silent 'in another form there' 'KVM: x86: Do it' '' 'It is nothabled.'
silent 'nothing is near, a name, too short' 'KVM: x86: Do it' '' \
	'The kerfuffle of frobozzz, and a wrote regist.'
silent 'a capital within a sentence' 'KVM: x86: Do it' '' 'So Regsitter said.'
silent 'forms and compounds of known words' 'KVM: x86: Do it' '' \
	'It preregisters, unregisters, registered and reinterrupts.'
judged unknown-word
GIT_AUTHOR_NAME='Regsiter Person' GIT_AUTHOR_EMAIL=r@example.org patch <<-'END'
	KVM: x86: Do it

	Regsiter has found it.

	Signed-off-by: Regsiter Person <r@example.org>
END
silent 'the name of somebody in the trailers'
judged
echo 'int regsiter;' >>$kvm/lapic.c
silent 'in the diff' 'KVM: x86: Do it' '' 'Each regsiter counts.'
judged
changelog 'KVM: x86: Do it' '' 'Prevoisely it did not.'
review -c icrfix.wordList=/nowhere HEAD~..
fails_with 2 'icrfix.wordList: cannot open /nowhere' 'a list that is not there'
review HEAD~..
first=$out
review HEAD~..
is "$out" "$first" 'the same again, from the cache'
review --no-cache -j1 HEAD~..
is "$out" "$first" 'and without it, with one job'

test_begin 'terms'
text_repo repo
says 'of the rule pack' 1 terms '"VICR" is written "vICR": ' \
	'KVM: x86: Do it' '' 'The page(VICR) is.'
silent 'as it is right, or an identifier' 'KVM: x86: Do it' '' \
	'The vICR, VICR_REG and "VICR" are.'
judged terms
mkdir -p more/rules more/cocci
cat >more/rules/terms.json <<-'END'
	{"icrfix-terms": 1, "terms": [{"wrong": "x2Apic", "right": "x2APIC", "why": "it is so"}]}
END
changelog 'KVM: x86: Do it' '' 'An x2Apic does.'
review HEAD~..
is "$notes" '' 'not of the pack'
review --rules more HEAD~..
is "$notes" '1 1 terms: "x2Apic" is written "x2APIC": it is so' 'a pack of the user'

# bad SED-SCRIPT REGEX TEXT: terms.json, changed, is refused so.
bad() {
	sed "$1" more/rules/terms.json >bad/rules/terms.json
	run icrfix rules list --rules bad
	fails_with 2 "$2" "$3"
}
mkdir -p bad/rules bad/cocci
bad 's/"why"/"wyh"/' 'terms\.json: terms\[0\]: unknown key "wyh"' 'unknown key'
bad 's/, "why": "it is so"//' 'terms\[0\]: "why" is missing' 'missing key'
bad 's/x2Apic/VICR/' 'terms\[0\]: the term VICR is also in .*/rules/terms\.json' 'told twice'
bad 's/x2Apic/two words/' '"wrong": expected one word' 'no word'
bad 's/"icrfix-terms": 1/"icrfix-terms": 2/' '"icrfix-terms": expected the number 1' 'version'
bad 's/"terms": \[/"terms": [1, /' '"terms": expected an array of objects' 'no object'

test_begin 'subject prefix'
text_repo repo
for i in 1 2 3 4 5; do
	changelog "KVM: x86: Change $i" '' 'So.'
done
base=$(git rev-parse HEAD)
says 'a prefix that no commit to the file has' 0 subject-prefix \
	'the prefix "kvm: lapic:" is new to these files: of the last [0-9]+ commits to them 5 have "KVM: x86:" and none has it$' \
	'kvm: lapic: Do it' '' 'So.'
silent 'the usual one' 'KVM: x86: Do it' '' 'So.'
silent 'one component more' 'KVM: x86: lapic: Do it' '' 'So.'
silent 'one less' 'KVM: Do it' '' 'So.'
silent 'a revert' 'Revert "Do it"' '' 'So.'
printf 'net: Do it\n\nSo.\n\nSigned-off-by: Test User <test@example.org>\n' | patch $kvm/a.c
silent 'a new file'
judged subject-prefix
for i in 1 2; do
	printf 'b: Do it\n\nSo.\n\nSigned-off-by: Test User <test@example.org>\n' | patch $kvm/a.c
done
base=$(git rev-parse HEAD)
printf 'net: Do it\n\nSo.\n\nSigned-off-by: Test User <test@example.org>\n' | patch $kvm/a.c
silent 'a file with little history'
judged
sample_repo ../fresh && cd ../fresh && git commit -q --amend -m 'KVM: x86: All' && lines=0 || exit
for i in 1 2 3; do
	changelog "KVM: x86: Change $i" '' 'So.'
done
base=$(git rev-parse HEAD)
says 'no prefix' 0 subject-prefix 'the subject has no prefix: .* 4 have "KVM: x86:"$' \
	'Do it' '' 'So.'
judged subject-prefix

test_begin 'Signed-off-by'
text_repo repo
printf 'KVM: x86: Do it\n\nSo.\n' | patch
says 'none' 0 signed-off-by \
	'there is no Signed-off-by of the author, Test User <test@example.org>$'
printf 'KVM: x86: Do it\n\nSo.\n\nSigned-off-by: Other <o@example.net>\n' | patch
says 'of another' 0 signed-off-by 'there is no Signed-off-by of the author'
printf 'KVM: x86: Do it\n\nSo.\n\nsigned-off-by: T <Test@sub.example.org>\n' | patch
silent 'another form of the address'
printf 'KVM: x86: Do it\n\nSo.\n\nSigned-off-by: Test User <t@private.example>\n' | patch
silent 'another address of that name'
printf 'KVM: x86: Do it\n\nSigned-off-by: Test User <test@example.org>\n\nSo.\n' | patch
silent 'not at the end'
judged signed-off-by
printf 'KVM: x86: Do it\n\nSo.\n' | patch
review HEAD~..
is "$(jq -r '.notes[0].severity' "$home/report.json")" error 'an error'
git checkout -q -b side HEAD~ && changelog 'KVM: x86: Do it' '' 'So.' && git checkout -q - &&
	git merge -q -s ours -m "Merge branch 'side'" side
review HEAD~..
is "$notes" '' 'a merge needs none'

# mail SENDER IN-BODY-FROM SIGNED-OFF...: review a patch mail.
mail() {
	local sender=$1 author=$2 who
	shift 2
	rm -rf m && mkdir -p m/cur m/new m/tmp
	{
		printf 'From: %s\nSubject: [PATCH] KVM: x86: Do it\nMessage-ID: <1@x>\n' "$sender"
		printf 'Date: Mon, 9 Aug 2021 11:29:24 +0800\n\n'
		[ -z "$author" ] || printf 'From: %s\n\n' "$author"
		printf 'So.\n\n'
		for who; do
			printf 'Signed-off-by: %s\n' "$who"
		done
		printf -- '---\n%s\n' "$diff"
	} >m/cur/1
	review --base HEAD m
}
echo 'int mailed;' >>$kvm/lapic.c
diff=$(git diff)
git checkout -q $kvm/lapic.c
mail 'A <a@x.org>' '' 'A <a@x.org>'
is "$notes" '' 'the author sends'
mail 'B <b@x.org>' 'A <a@x.org>' 'A <a@x.org>' 'B <b@x.org>'
is "$notes" '' 'another sends, and signs off last'
mail 'B <b@x.org>' 'A <a@x.org>' 'A <a@x.org>'
like "$notes" '^1 0 signed-off-by: there is no Signed-off-by of B <b@x.org>, who sends' \
	'the sender has not'
mail 'B <b@x.org>' 'A <a@x.org>' 'B <b@x.org>' 'A <a@x.org>'
like "$notes" '^1 0 signed-off-by: the last Signed-off-by is to be that of B <b@x.org>' 'not last'
mail 'B <b@x.org>' 'A <a@x.org>' 'B <b@x.org>'
is "$notes" '1 0 signed-off-by: there is no Signed-off-by of the author, A <a@x.org>' \
	'the author has not'
mail 'A via Some List <list@x.org>' 'A <a@x.org>' 'A <a@x.org>'
is "$notes" '' 'a relay'

# trailer LINE: a patch with it.
trailer() {
	printf 'KVM: x86: Do it\n\nSo.\n\n%s\nSigned-off-by: Test User <test@example.org>\n' "$1" |
		patch
}

test_begin 'Fixes'
text_repo repo
changelog 'KVM: x86: Break it' '' 'So.'
id=$(git rev-parse HEAD)
base=$id
form="the form is: Fixes: ${id:0:12} \\(\"KVM: x86: Break it\"\\)\$"
trailer "Fixes: ${id:0:12} (\"KVM: x86: Break it\")"
silent 'as it is to be'
trailer "Fixes: $id (\"KVM: x86: Break it\")"
silent 'all digits'
trailer "Fixes: ${id:0:11} (\"KVM: x86: Break it\")"
says 'too few digits' 3 fixes "$form"
trailer "Fixes: ${id:0:12}"
says 'no subject' 3 fixes "$form"
trailer "Fixes: ${id:0:12} (KVM: x86: Break it)"
says 'no quotes' 3 fixes "$form"
trailer "Fixes: commit ${id:0:12} (\"KVM: x86: Break it\")"
says 'a word too many' 3 fixes "$form"
trailer "Fixes: ${id:0:12} (\"KVM: x86: Mend it\")"
says 'another subject' 3 fixes \
	"that commit has another subject: Fixes: ${id:0:12} \\(\"KVM: x86: Break it\"\\)\$"
trailer 'Fixes: 0123456789ab ("KVM: x86: Break it")'
says 'no such commit' 3 fixes 'commit 0123456789ab is not in this repository'
trailer 'Fixes: https://example.org/bug/1'
says 'a URL' 3 fixes 'the form is: .* Closes: or Link:$'
judged fixes
trailer 'Fixes: 0123456789ab ("KVM: x86: Break it")'
git clone -q --depth 3 "file://$PWD" ../shallow && cd ../shallow || exit
review HEAD~..
is "$notes" '' 'a shallow clone cannot tell'
git init -q ../one && cd ../one && sample_tree . && commit 'all' || exit
trailer 'Fixes: 0123456789ab ("KVM: x86: Break it")'
review HEAD~..
is "$notes" '' 'nor can one without history'

test_begin 'Cc: stable, Link'
text_repo repo
for good in 'Cc: stable@vger.kernel.org' 'Cc: <stable@vger.kernel.org>' \
	'Cc: stable@vger.kernel.org # 5.10+' 'Cc: <stable@vger.kernel.org> # v5.10+: 0123456789ab' \
	'Cc: stable <stable@vger.kernel.org>' 'Cc: stable@kernel.org' \
	'Cc: stable+noautosel@kernel.org # why not' \
	'Cc: stable@vger.kernel.org, kvm@vger.kernel.org' 'Cc: unstable@example.org'; do
	trailer "$good"
	silent "$good"
done
trailer 'Cc: stable@vger.kernel.og'
says 'a wrong address' 3 stable 'stable@vger\.kernel\.og is not the stable team'
trailer 'Cc: <linux-stable@vger.kernel.org>'
says 'another list' 3 stable 'linux-stable@vger\.kernel\.org is not'
trailer 'Cc: stable@vger.kernel.org 5.10+'
says 'no #' 3 stable 'what is said .*: Cc: stable@vger\.kernel\.org # 5\.10\+$'
judged stable
for good in 'Link: https://lore.kernel.org/r/1@x' 'Closes: http://example.org/1' \
	'Link: https://lore.kernel.org/r/1@x [1]'; do
	trailer "$good"
	silent "$good"
done
trailer 'Link: 20210809032925.3548-6-x@example.com'
says 'a Message-ID' 3 link \
	'Link: takes a URL: https://lore\.kernel\.org/r/20210809032925\.3548-6-x@example\.com$'
trailer 'Closes: the bug'
says 'no URL' 3 link 'Closes: takes a URL$'
judged link

# A script in checkpatch's place: a message for each line with the word TELL.
fake() {
	cat >scripts/checkpatch.pl <<-'END'
		use strict;
		die "there is a PATH" if `git --version 2>/dev/null`;
		die "alone" unless -e "scripts/spelling.txt";
		my $file = pop @ARGV;
		open(my $in, '<', $file) or die;
		while (<$in>) {
			die "asked to" if /^\+DIE/;
			print "$file:$.: ERROR:$1: text of $1\n" if /^(?![ -]).*TELL ([A-Z_]+)/;
		}
		exit 1;
	END
	commit 'a script'
	base=$(git rev-parse HEAD)
}

test_begin 'checkpatch'
text_repo repo
fake
echo '/* TELL SOME_THING */' >>$kvm/lapic.c
says 'a line of code' "$(wc -l <$kvm/lapic.c)" checkpatch:SOME_THING 'text of SOME_THING$' \
	'KVM: x86: Do it' '' 'So.'
says 'a line of the changelog' 2 checkpatch:LOG_THING 'text of LOG_THING$' \
	'KVM: x86: Do it' '' 'This is a' 'TELL LOG_THING.'
says 'the subject' 0 checkpatch:IT 'text of IT$' 'KVM: x86: TELL IT' '' 'So.'
silent 'what is ignored usually, and what other checks say' 'KVM: x86: Do it' '' \
	'TELL FILE_PATH_CHANGES' 'TELL TYPO_SPELLING' 'TELL BAD_FIXES_TAG'
start=$base
judged
review "$start..HEAD~3"
is "$(jq -r '.notes[0] | [.path, .side, .severity, .evidence] | join(" ")' "$home/report.json")" \
	"$kvm/lapic.c new warning /* TELL SOME_THING */" 'path, side, severity, text'
review -c icrfix.check.checkpatch=false "$start..HEAD"
is "$notes" '' 'off'
review -c icrfix.checkpatchIgnore=SOME_THING -c 'icrfix.checkpatchIgnore=*: text of LOG*' \
	"$start..HEAD"
is "$(cut -d: -f2 <<<"$notes" | xargs)" IT 'ignored by type, by text'
review --no-cache -c icrfix.checkpatchIgnore= -c icrfix.check.spelling=no \
	-c icrfix.check.fixes=no HEAD~..
is "$(cut -d: -f2 <<<"$notes" | xargs)" 'FILE_PATH_CHANGES TYPO_SPELLING BAD_FIXES_TAG' \
	'said when nothing else says it'
git checkout -q -b further && echo '/* TELL MOVED */' >>$kvm/lapic.c
changelog 'KVM: x86: Do it' '' 'So.'
git format-patch -q -1 --stdout >../moved.mbox
git checkout -q - && sed -i '1i // a line above all' $kvm/lapic.c
commit 'a line above'
review --base HEAD ../moved.mbox
is "$notes" "1 $(($(wc -l <$kvm/lapic.c) + 1)) checkpatch:MOVED: text of MOVED" \
	'the line is that of the tree'
echo DIE >>$kvm/lapic.c
changelog 'KVM: x86: Do it' '' 'So.'
changelog 'KVM: x86: Next' '' 'A TELL NEXT.'
review HEAD~2..
like "$notes" '^1 0 checkpatch: scripts/checkpatch.pl of the base failed on this patch: exit st' \
	'a failure is a note'
like "$notes" '^2 1 checkpatch:NEXT' 'and the next patch is looked at'

test_begin 'checkpatch of the base'
text_repo repo
fake
for file in scripts/checkpatch.pl scripts/x.sh Makefile $kvm/Makefile Kconfig \
	arch/Kconfig.debug $kvm/Kbuild; do
	git checkout -q -B try linux-5.10.y || exit
	echo 'print "patched";' >>"$file"
	changelog 'KVM: x86: Do it' '' 'A TELL IT.'
	review --verbose HEAD~..
	is "$notes" '' "$file: not run"
	like "$err" "^icrfix: checkpatch is not run, as the series changes $file; --trust" \
		"$file: that is said"
done
git checkout -q -B try linux-5.10.y
sed -i 's/text of/patched/' scripts/checkpatch.pl
changelog 'KVM: x86: Do it' '' 'A TELL IT.'
review --trust HEAD~..
is "$notes" '1 1 checkpatch:IT: text of IT' '--trust runs that of the base'
git checkout -q -B try linux-5.10.y
changelog 'KVM: x86: Do it' '' 'A TELL IT.'
mkdir "$home/bin" && ln -s "$(command -v spatch)" "$(command -v python3)" "$home/bin" || exit
run env PATH="$home/bin" "$ICRFIX" review --verbose --no-cache HEAD~..
like "$err" '^icrfix: checkpatch is not run: checkpatch needs Perl' 'without Perl that is said'
git rm -q scripts/checkpatch.pl
commit 'no script'
changelog 'KVM: x86: Do it' '' 'A TELL IT.'
review --verbose HEAD~..
like "$err" '^icrfix: checkpatch is not run: the tree has no scripts/checkpatch\.pl$' \
	'without the script that is said'
is "$notes" '' 'and there is no note'

test_begin 'partial clone'
text_repo repo
fake
changelog 'KVM: x86: Do it' '' 'A wrtie, TELL IT. Prevoisely.'
git config uploadpack.allowFilter true
git clone -q --bare --filter=blob:none "file://$PWD" ../partial 2>/dev/null && cd ../partial || exit
# What the lint needs is fetched, what only the text checks would like is not.
{ git ls-tree -r HEAD arch && git ls-tree -r HEAD~ arch; } | cut -f1 | cut -d' ' -f3 |
	git cat-file --batch >/dev/null 2>&1
review --verbose HEAD~..
is "$status $notes" '0 ' 'what is not here is gone without'
like "$err" '^icrfix: spelling: scripts/spelling.txt \(blob [0-9a-f]+\) is not in this repository' \
	'the list: that is said'
like "$err" '^icrfix: unknown words are not looked for: .* is not in this repository' \
	'the tree: that is said'
like "$err" '^icrfix: checkpatch is not run: scripts/checkpatch\.pl .* is not in this' \
	'checkpatch: that is said'

test_begin 'shared mails'
if [ ! -d "$shared/kvm-ipiv-v4" ] || [ ! -e /usr/share/dict/american-english ]; then
	skip "no shared mails in $shared, or no word list (Debian: wamerican)"
	done_testing
fi
sample_repo repo && cd repo || exit

# thread NAME: the text checks' notes on a shared thread.
thread() {
	rm -rf m && mkdir -p m/cur m/new m/tmp && cp "$shared/$1"/*.eml m/cur &&
		review --base HEAD --fresh m
}
thread kvm-ipiv-v4
like "$notes" '^5 7 terms: "VICR" is written "vICR"' 'vICR'
like "$notes" '^5 8 unknown-word: "Prevoisely": unknown word, near "Previously"$' 'Prevoisely'
like "$notes" '^5 8 spelling: "wrtie" is misspelled: write$' 'wrtie'
like "$notes" '^6 17 unknown-word: "virualize"' 'virualize'
is "$(grep -c . <<<"$notes")" 4 'nothing else'
thread kvm-ipiv-prep
is "$notes" '' 'kvm-ipiv-prep: nothing'
thread kvm-ipiv-v7
is "$(cut -d: -f1,2 <<<"$notes")" '8 21 unknown-word: "virualize"' 'kvm-ipiv-v7: one'

# Every other shared mail as a commit's message, with an empty tree beside it, so
# that the word list alone is measured: at most one wrong note in 10 mails.
git init -q ../mails && cd ../mails && git commit -q --allow-empty -m root || exit
n=0
for mail in "$shared"/*/*.eml; do
	case $mail in */kvm-ipiv-v4/05*) continue ;; esac
	git mailinfo ../msg ../patch <"$mail" >../info 2>/dev/null || continue
	{ sed -n 's/^Subject: //p' ../info && echo && cat ../msg; } |
		git commit -q --cleanup=verbatim --allow-empty -F - && n=$((n + 1))
done
ok 'there are mails' test "$n" -ge 45
review "HEAD~$n..HEAD"
all=$(grep -c unknown-word <<<"$notes")
wrong=$(grep unknown-word <<<"$notes" | grep -vc '"virualize"')
diag "$n mails, $all unknown words, $wrong of them wrong"
ok 'at most one wrong note in 10 mails' test $((10 * wrong)) -le "$n"
done_testing

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix pull: sources, choices, output and exit status, on the mails of
# tests/mail and a real public-inbox server with those of tests/mail/thread.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/lore.sh
. "$tests/lib/lore.sh"

mail=$tests/mail
series=20240401_ann_lib_count_better

test_begin 'files'
run icrfix pull "$mail/series.mbox"
is "$status" 0 'an mbox'
like "$out" '^2 of 2 patches' 'the table'
like "$out" '^attestation: +not checked' 'attestation'
ok 'mbox and cover' test -s $series.mbx -a -s $series.cover
git init -q tree
ok 'git mailinfo takes the first mail' git mailinfo msg patch <$series.mbx
run icrfix pull "$mail/series.mbox"
is "$status" 0 'the same again'
echo mine >$series.mbx
run icrfix pull "$mail/series.mbox"
fails_with 2 'exists and is another file' 'another file is not overwritten'
is "$(cat $series.mbx)" mine 'and is as it was'
run icrfix pull --force "$mail/series.mbox"
is "$status" 0 '--force'
gzip -c "$mail/series.mbox" >s.gz
run icrfix pull s.gz
is "$status" 0 'gz'
mkdir -p md/cur md/new md/tmp
cp "$mail/plain.eml" md/cur/1:2,S
run icrfix pull -o out md
is "$status" 0 'a maildir'
run icrfix pull out
fails_with 2 'no maildir' 'a directory that is none'
run icrfix pull nosuchfile
fails_with 2 'is no file, Message-ID' 'nothing of that name'
printf 'cut' | gzip -c | head -c 15 >cut.gz
run icrfix pull cut.gz
fails_with 2 'damaged or cut off' 'a damaged file is not worth a new try'
run sh -c "'$ICRFIX' pull -o - - <'$mail/series.mbox'"
is "$status" 0 'standard input'
is "$(grep -c '^From ' <<<"$out")" 2 'the mbox on standard output'
like "$err" '^2 of 2 patches' 'the report on stderr'
run icrfix pull "$mail/no-header.eml"
fails_with 2 'there is no mail in it' 'no mail'
run icrfix pull
fails_with 2 'is needed' 'no argument'

test_begin 'json'
run icrfix pull --format json "$mail/trailer-mismatch.mbox"
is "$(jq -c '[.icrfix, .revision, .expected, .found, .attestation, .mbox]' <<<"$out")" \
	'[1,1,2,2,null,"./'$series'.mbx"]' 'the series'
is "$(jq -c '.patches[0] | [.n, .m, .subject, .author, .trailers, .missing]' <<<"$out")" \
	'[1,2,"lib: part 1","Ann Author <ann@example.org>",[],false]' 'a patch'
is "$(jq -r '.trailers_refused[0].trailer' <<<"$out")" \
	'Reviewed-by: Somebody Else <else@example.net>' 'a refused trailer'
run icrfix pull --format json "$mail/embedded-patch.eml"
is "$status $(jq -c '.embedded[0] | [.kind, .author]' <<<"$out")" \
	'1 ["patch","Rita Reviewer <rita@example.com>"]' 'an embedded patch'
run icrfix pull --format text --format json=r.json -o - "$mail/trailer-cover.mbox"
is "$(jq -c '[.patches[].trailers]' r.json)" \
	'[["Acked-by: Rita Reviewer <rita@example.com>"],["Acked-by: Rita Reviewer <rita@example.com>"]]' \
	'a trailer for the cover goes to all'
is "$(grep -c '^Acked-by: Rita' <<<"$out")" 2 'in the mbox, too'
ok 'JSON is as the schema says' valid pull r.json
for f in trailer-mismatch.mbox embedded-patch.eml; do
	run icrfix pull --force --format json="$f.json" "$mail/$f"
	ok "of $f too" valid pull "$f.json"
done

test_begin 'choices'
run icrfix pull -v 1 -o - "$mail/revisions.mbox"
like "$err" '^v1 ' '-v 1'
run icrfix pull -v 7 "$mail/revisions.mbox"
fails_with 1 'no patches of v7 here; there are: v1, v2' '-v 7'
run icrfix pull -P 2 -o - "$mail/series.mbox"
is "$(sed -n 's/^Subject: //p' <<<"$out")" '[PATCH 2/2] lib: part 2' '-P 2'
run icrfix pull -P 3 "$mail/series.mbox"
fails_with 2 'numbers from 1 to 2' '-P 3'
run icrfix pull -o - "$mail/series-missing.mbox"
is "$status" 1 'an incomplete series'
like "$err" 'MISSING.*the lost part' 'the missing patch is named'
run icrfix pull -P 1,3 -o - "$mail/series-missing.mbox"
is "$status" 0 'what was picked is here'
run icrfix pull -o - "$mail/two-senders.mbox" --id "$(sed -n 's/^Message-ID: <\(.*\)>/\1/p' \
	"$mail/two-senders.mbox" | head -n 1)"
like "$err" 'a: one' '--id'
run icrfix pull -o - --embedded "$mail/trailer-in-embedded.mbox"
is "$(grep -c '^From ' <<<"$out")" 3 '--embedded'
run icrfix pull -o - --embedded=all "$mail/embedded-two.eml"
is "$status $(grep -c '^From ' <<<"$out")" '0 2' '--embedded=all'
run icrfix pull -o - --add-link --add-message-id "$mail/plain.eml"
like "$out" '^Link: https://patch.msgid.link/m1@example.org$' '--add-link'
like "$out" '^Message-ID: <m1@example.org>$' '--add-message-id'
run icrfix pull -o - -c user.name='Ann Author' -c user.email=ann@example.org "$mail/trailer.mbox"
is "$(grep -A1 '^Reviewed-by: Rita' <<<"$out" | tail -n 1)" \
	'Signed-off-by: Ann Author <ann@example.org>' 'the own Signed-off-by stays last'

test_begin 'hostile'
for f in bidi-in-log control-in-subject; do
	run icrfix pull -o - "$mail/$f.eml"
	is "$status" 0 $f
	unlike "$out$err" $'[\x1b\u202e]' "$f: nothing hidden comes out"
done
run icrfix pull "$mail/bidi-in-code.eml"
fails_with 2 'hidden character U\+202E to code' 'bidirectional characters in code'
run icrfix pull -o - --allow-hidden "$mail/bidi-in-code.eml"
like "$out" '=E2=80=AE' '--allow-hidden: encoded'
run icrfix pull -o - "$mail/from-line-in-log.eml"
cp "$home/out" from.mbx
is "$(git mailsplit -o. from.mbx)" 1 'a line "From ..." does not split the mbox'
git mailinfo msg patch <./0001 >/dev/null
like "$(cat msg)" '^From here on' 'and is itself again for git'
run icrfix pull -o - "$mail/crlf-file.eml"
cp "$home/out" crlf.mbx
rm -f 0001
git mailsplit -o. crlf.mbx >/dev/null && git mailinfo msg patch <./0001 >/dev/null 2>&1
is "$(grep -c $'\r' patch)" 3 'CR in the code survives git am'

why=$(lore_missing)
if [ -n "$why" ]; then
	skip "$why" 13
	done_testing
fi
test_begin 'archive'
lore_start "$home/lore" "$mail"/thread/*.eml || exit
trap 'lore_stop; tap_end' EXIT
git config --global icrfix.loreUrl "$lore_url"
run icrfix pull -o - t0@example.org
is "$status" 0 'a Message-ID'
like "$err" '\+ Reviewed-by: Rita' 'with the trailer of a reply'
for id in '<u2+x/y@example.org>' 'u2%2Bx%2Fy@example.org' "${lore_url}u2+x%2Fy@example.org/T/#u" \
	"${lore_url}u2+x%2Fy@example.org/raw" 'https://lore.kernel.org/r/u2+x%2Fy@example.org' \
	'https://patch.msgid.link/u2+x%2Fy@example.org'; do
	run icrfix pull -o - "$id"
	like "$err" '^v2  lib: count on a server' "$id"
done
run icrfix pull --newer -o - t0@example.org
like "$err" '^v2 ' '--newer finds the other thread'
run icrfix pull --newer -o - c1@example.org
like "$err" '^v2  lib: another title by another sender' 'also by its change-id alone'
run icrfix pull -o - n1@example.org
is "$status" 0 'an unthreaded series is put together'
run icrfix pull -o - --query 's:"without a thread 2"'
like "$err" 'without a thread 2' '--query'
run icrfix pull nobody@example.org
fails_with 1 'not archived here' 'an id that nobody has'

done_testing

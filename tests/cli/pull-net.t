#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix pull against archives: a server that misbehaves in every way.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/lore.sh
. "$tests/lib/lore.sh"

command -v python3 >/dev/null || skip_all 'python3 is not installed'
test_begin start
bad_start "$home/bad" || skip_all 'the server did not start'
trap 'lore_stop; tap_end' EXIT
log=$home/bad/log

# pull WHAT [ARGS]: with the archive at /WHAT/; short time-outs only where one is waited for.
pull() {
	local what=$1 seconds=20
	shift
	case $what in slow | silent) seconds=1 ;; esac
	run icrfix pull -c "icrfix.loreUrl=$bad_url/$what/" -c "icrfix.httpTimeout=$seconds" \
		"$@" one@example.org
}

test_begin 'a good archive'
pull good
is "$status" 0 'is read'
like "$out" '1/1 +A Developer +x: one line' 'the table'
ok 'the mbox is there' test -s 20240101_dev_x_one_line.mbx
like "$(tail -n 1 "$log")" 'GET /good/one@example.org/t.mbox.gz icrfix/[0-9]' 'URL and user agent'
pull members --no-cache --force
is "$status" 0 'several gzip members'
pull plain --no-cache --force
is "$status" 0 'an mbox that is not compressed'
pull to_good --no-cache
is "$status" 0 'a redirect to the same server'

test_begin 'trouble'
pull missing
fails_with 1 'this Message-ID is not archived' '404'
pull choices
fails_with 1 'this Message-ID is not archived' '300'
pull html
fails_with 75 'browser check' 'HTML with status 200'
pull html403
fails_with 75 'browser check' 'HTML with status 403'
pull down
fails_with 75 'archive is down \(status 502\)' 'server error'
pull cut
fails_with 75 'cut off' 'a transfer that ends early'
pull bad_gzip
fails_with 75 'damaged or cut off gzip' 'damaged gzip'
pull short_gzip
fails_with 75 'damaged or cut off gzip' 'gzip that ends early'
pull junk
fails_with 75 'what came is no mail' 'something else'
pull slow
fails_with 75 'too slow' 'no progress'
pull silent
fails_with 75 'too slow' 'no answer'
run icrfix pull -c icrfix.loreUrl=http://127.0.0.1:1/x/ one@example.org
fails_with 75 'cannot be reached' 'nobody listens'
not_ok 'and no file was written' ls ./*.mbx

test_begin 'limits'
pull bomb
fails_with 2 'inflates to more than' 'a gzip bomb'
pull huge
fails_with 2 'more than 32 MB' 'a length that is too large'
pull endless
fails_with 2 'more than 32 MB' 'a transfer without end'

test_begin 'redirects'
for to in file ftp https; do
	pull to_$to
	fails_with 2 'another scheme, refused' "to $to://"
done
pull to_loopback
fails_with 2 'redirects to loopback, refused' 'to loopback'
pull loop
fails_with 2 'more than 5 redirects' 'in circles'
pull escape
unlike "$err" $'\x1b' 'no escape sequence reaches the terminal'

test_begin 'pace'
pull busy
fails_with 75 'limits the rate.*900 seconds' '429'
pull unavailable
fails_with 75 'down \(status 503\)' '503'
start=$(date +%s%N)
pull busy_once
is "$status" 0 '429 with a short Retry-After is waited for'
ok 'for that time' test $((($(date +%s%N) - start) / 1000000)) -ge 1000
pull unavailable_once --no-cache
is "$status" 0 '503 too'

test_begin 'scheme'
run icrfix pull -c icrfix.loreUrl=http://example.org/x/ one@example.org
fails_with 2 'plain http is refused' 'plain http'
run icrfix pull -c icrfix.loreUrl=file:///etc/ one@example.org
fails_with 2 'not an https URL' 'file://'
run icrfix pull ftp://example.org/x/one@example.org/
is "$status" 2 'another scheme as argument'
run icrfix pull https://user:secret@example.org/x/one@example.org/
fails_with 2 'user name' 'a URL with a password'

test_begin 'cache'
: >"$log"
pull good && pull good
is "$(grep -c . "$log")" 1 'the second time nothing is fetched'
pull good --no-cache
is "$(grep -c . "$log")" 2 '--no-cache fetches'
pull good -c icrfix.cacheExpire=0
is "$(grep -c . "$log")" 3 'icrfix.cacheExpire=0 fetches too'
find "$XDG_CACHE_HOME/icrfix/threads" -type f -exec touch -d '1 hour ago' {} +
pull good
is "$(grep -c . "$log")" 4 'what is older than icrfix.cacheExpire is fetched again'
find "$XDG_CACHE_HOME/icrfix/threads" -type f -exec touch -d '1 day ago' {} +
pull good --offline
is "$status $(grep -c . "$log")" '0 4' '--offline takes it however old'
pull missing --offline
fails_with 2 'not in the cache' '--offline without it'
like "$(ls "$XDG_CACHE_HOME/icrfix/threads")" '^[0-9a-f]{32}$' 'names are hashes'

test_begin 'failover'
pull missing -c "icrfix.loreFallback=$bad_url/html/ $bad_url/good/"
is "$status" 0 'the third archive has it'
pull missing -c "icrfix.loreFallback=$bad_url/down/" --no-cache
is "$status" 75 'an archive that is down may have it'
pull missing -c "icrfix.loreFallback=$bad_url/choices/" --no-cache
is "$status" 1 'no archive has it'

test_begin 'query'
run icrfix pull -c "icrfix.loreUrl=$bad_url/good/" --query 'dfn:x AND s:"one line"'
is "$status" 0 'a search'
like "$(tail -n 1 "$log")" \
	'POST /good/\?q=dfn:x%20AND%20s:%22one%20line%22&x=m&t=1 ' 'is a POST with the query escaped'
run icrfix pull -c "icrfix.loreUrl=$bad_url/missing/" --query x
fails_with 1 'nothing matches the query' 'no match'
run icrfix pull -c "icrfix.loreUrl=$bad_url/query500/" --query 'NOT x'
fails_with 2 'does not accept this query' 'a bad query'

test_begin 'TLS'
lore_stop
bad_start_tls "$PWD/tls"
run icrfix pull -c "icrfix.loreUrl=$bad_url/good/" one@example.org
fails_with 2 'certificate' 'a certificate that nobody signed'
run icrfix pull --insecure-http -c "icrfix.loreUrl=$bad_url/good/" one@example.org
fails_with 2 'certificate' 'no option makes it do'

done_testing

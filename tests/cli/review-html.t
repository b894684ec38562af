#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# icrfix review --format html: one page that brings everything with it, in a real
# Chromium too, as wide as a desk and as a telephone, light and dark.  Without
# chromium these are skipped, unless ICRFIX_NEED_BROWSER is set; screenshots go to
# $ICRFIX_SCREENSHOTS.

. "$(dirname "$0")/../lib/tap.sh"
# shellcheck source=tests/lib/review.sh
. "$tests/lib/review.sh"

# review MBOX: page.html and report.json, of the repository "repo" here.
review() {
	run icrfix review -q -C repo --base HEAD --format html="$PWD/page.html" \
		--format json="$PWD/report.json" "$PWD/$1"
}

# sound TEXT: the page is well-formed, and leads where the notes do.
sound() {
	local links
	mapfile -t links < <(jq -r '.notes[].links[]' report.json)
	run /usr/bin/python3 "$tests/lib/page.py" page.html "${links[@]}"
	is "$status$out$err" 0 "$1"
}

# text: what the page says, without its style; a line of code is a line here.
text() {
	sed -e '/<style>/,/<\/style>/d' -e 's/<[^>]*>/ /g' \
		-e 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#39;/'\''/g; s/&amp;/\&/g' page.html
}

test_begin 'a page'
review_series
review series.mbox
is "$status$out$err" 3 'written'
sound 'by itself and well-formed'
said=$(text)
like "$said" '^ KVM: x86: Send, v2 $' 'the title'
like "$said" '3 patches, 3 notes; base: HEAD \([0-9a-f]{12}\)' 'what was looked at'
like "$said" '2/3 +KVM: x86: Send it, by both halves +applies at another line +1 +2 +3' \
	'a row of the table'
like "$said" '3/3 +gone: Change a file +does not apply' 'another'
like "$said" 'This patch does not apply: gone/file: does not exist' 'why not'
like "$said" 'The guest'\''s write has 64 bits <b>not bold</b> & more\.' 'the changelog, escaped'
is "$(text | grep -A1 'regs + offset' | sed -n 's/^ *57 *+/+/p')" \
	'+	val = *(u64 *)(apic->regs + offset);  ' 'a line of code with its number'
is "$(grep -c '<aside class="note warning" id="n' page.html)" 3 'notes with anchors'
is "$(grep -A1 'class="l add noted"' page.html | grep -c '^<aside')" 3 'each under its line'
like "$(grep '<summary><code>' page.html | sed 's/<[^>]*>//g')" '^send_both\(\) before and after$' \
	'a function'
like "$said" 'before: not there' 'that is new'
cp page.html first.html
review series.mbox
ok 'the same again' cmp page.html first.html
unlike "$(cat page.html)" "$(date +%Y-%m-%d)|$PWD" 'no date of now, no path of here'
run icrfix review -q -C topic --format html="$PWD/page.html" --format json="$PWD/report.json" \
	HEAD~4..HEAD
is "$status" 1 'a range'
sound 'of a range'
like "$(text)" '4 commits' 'its title'

test_begin 'hostile'
only_findings
sample_repo repo full
git clone -q repo topic
evil=$'</code><script>alert(1)</script> "x\' \u202e'
sed -i "s|^int kvm_x2apic_msr_read|/* $evil */\n&|" topic/$kvm/lapic.c
mkdir -p "topic/d\"><img src=x>"
echo x >"topic/d\"><img src=x>/f'&.c"
sample_commit topic "x: <img src=x onerror=alert(1)> $evil

$evil
</pre></style><script>alert(2)</script>"
git -C topic format-patch -q --stdout HEAD~1 >evil.mbox
review evil.mbox
is "$status" 0 'written'
sound 'nothing of it gets out'
like "$(text)" '/\* </code><script>alert\(1\)</script> "x.* <U\+202E> \*/' 'but is shown'

test_begin 'not analysed'
only_findings
sample_repo repo full
git clone -q repo topic
printf '\n#define send_all(apic, data) do { kvm_lapic_reg_write(apic, APIC_ICR2, (data) >> 32); kvm_lapic_reg_write(apic, APIC_ICR, (u32)(data)); } while (0)\n' \
	>>topic/$kvm/lapic.c
sample_commit topic 'KVM: x86: Send as a macro'
git -C topic format-patch -q --stdout HEAD~1 >macro.mbox
review macro.mbox
sound 'well-formed'
like "$(text)" '1/1: +arch/x86/kvm/lapic.c:[0-9]+ .*in a macro' 'what was not'

test_begin 'in a browser'
# look FILTER: of what the browser measured.
look() {
	jq -c "$1" looks.json
}
if command -v chromium >/dev/null; then
	review_series
	review series.mbox
	mkdir shots
	timeout 110 /usr/bin/python3 "$tests/lib/browser.py" page.html shots >looks.json
	is "$?" 0 'five looks'
	is "$(look 'map_values(.scroll <= .width and .inner == .width) | [.[]] | unique')" '[true]' \
		'nothing is wider than the window'
	is "$(look '[.[].requests | unique | map(sub(".*/"; ""))] | unique')" '[["page.html"]]' \
		'only the page is asked for'
	is "$(look '[.[].console[]]')" '[]' 'the console has nothing to say'
	is "$(look '[.[] | .scripts, (.broken | length)] | unique')" '[0]' \
		'no script, no anchor that leads nowhere'
	is "$(look '[."desk-light".background, ."desk-dark".background]')" \
		'["rgb(255, 255, 255)","rgb(13, 17, 23)"]' 'light and dark'
	is "$(look '[.[].notes[].line | sub("^[0-9]*.\t"; "")] | unique | length')" 3 'three lines'
	is "$(look '."desk-light".notes | map(.left >= .line_right)')" '[true,true,true]' \
		'at a desk notes are beside the diff'
	is "$(look '."desk-light".notes[0] | (.top - .line_top | fabs) < 12')" true 'at their line'
	is "$(look '."desk-light".notes | .[0].bottom <= .[1].top and .[1].bottom <= .[2].top')" true \
		'and not one on the other'
	for phone in phone-light phone-dark small-phone; do
		is "$(look ".\"$phone\" | .inner as \$w | .notes |
			map(.left >= 0 and .right <= \$w and .top >= .line_bottom - 1 and
				.top - .line_bottom < 12)")" '[true,true,true]' \
			"on a telephone they are right under it: $phone"
	done
	is "$(LC_ALL=C grep -la '^.PNG' shots/*.png | wc -l)" 5 'screenshots'
	[ -z "${ICRFIX_SCREENSHOTS-}" ] || cp shots/*.png "$ICRFIX_SCREENSHOTS"
elif [ -n "${ICRFIX_NEED_BROWSER-}" ]; then
	tap_result 1 'chromium is not installed'
else
	skip 'chromium is not installed' 14
fi
done_testing

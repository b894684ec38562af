// SPDX-License-Identifier: GPL-2.0-only
/* report: foreign bytes made safe for a terminal, wrapped paragraphs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report/style.h"

static const struct {
	const char *from, *to;
} safe[] = {
	{ "", "" },
	{ "plain\ttext", "plain\ttext" },
	{ "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80" },
	{ "\033[31m", "<U+001B>[31m" },
	{ "a\rb\nc\bd", "a<U+000D>b<U+000A>c<U+0008>d" },
	{ "\x7f", "<U+007F>" },
	/* C1 controls: NEL and the one-byte form of the escape sequences' begin. */
	{ "\xc2\x85\xc2\x9b", "<U+0085><U+009B>" },
	/* Bidirectional: RLO, LRI, RLM, ALM. */
	{ "\xe2\x80\xae", "<U+202E>" },
	{ "\xe2\x81\xa6", "<U+2066>" },
	{ "\xe2\x80\x8f", "<U+200F>" },
	{ "\xd8\x9c", "<U+061C>" },
	/* Invisible, but it moves nothing: zero width space, BOM, soft hyphen, tags. */
	{ "\xe2\x80\x8b", "\xe2\x80\x8b" },
	{ "\xef\xbb\xbf", "\xef\xbb\xbf" },
	{ "\xc2\xad", "\xc2\xad" },
	{ "\xf3\xa0\x81\x81", "\xf3\xa0\x81\x81" },
	/* Line and paragraph separator. */
	{ "\xe2\x80\xa8\xe2\x80\xa9", "<U+2028><U+2029>" },
	/* No UTF-8: stray, cut, overlong, surrogate, beyond the end. */
	{ "\xff"
	  "a",
	  "<FF>a" },
	{ "a\x80"
	  "b",
	  "a<80>b" },
	{ "\xe2\x82", "<E2><82>" },
	{ "\xc3(", "<C3>(" },
	{ "\xc0\xaf", "<C0><AF>" },
	{ "\xe0\x80\xaf", "<E0><80><AF>" },
	{ "\xf0\x80\x80\xaf", "<F0><80><80><AF>" },
	{ "\xed\xa0\x80", "<ED><A0><80>" },
	{ "\xf4\x90\x80\x80", "<F4><90><80><80>" },
	{ "\xf8\x88\x80\x80\x80", "<F8><88><80><80><80>" },
};

static void tricks_become_visible(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(safe); i++) {
		size_t len = strlen(safe[i].from);
		char *copy = xmemdup(safe[i].from, len);
		struct buf out = BUF_INIT;

		buf_adds(&out, "");
		text_visible(&out, copy, len, false);
		assert_string_equal(out.p, safe[i].to);
		buf_release(&out);
		free(copy);
	}
}

static void length_counts_not_the_end(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	text_visible(&out, "a\0b", 3, false);
	text_visible(&out, "xyz", 1, false);
	assert_string_equal(out.p, "a<U+0000>bx");
	buf_release(&out);
}

/* Every two bytes: nothing but tab, print and whole UTF-8 comes out. */
static void no_control_comes_through(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 65536; i++) {
		const char two[2] = { (char)(i >> 8), (char)i };
		struct buf out = BUF_INIT;

		text_visible(&out, two, 2, false);
		for (size_t j = 0; j < out.len; j++) {
			unsigned char c = (unsigned char)out.p[j];

			assert_true(c == '\t' || (c >= 0x20 && c != 0x7f));
			assert_true(c < 0x80 || out.len == 2);
		}
		buf_release(&out);
	}
}

static void wrapped(const char *text, int indent, const char *expected)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "");
	text_wrap(&out, indent, text);
	assert_string_equal(out.p, expected);
	buf_release(&out);
}

static void short_paragraphs(void **state)
{
	(void)state;
	wrapped("", 2, "");
	wrapped("one", 2, "  one\n");
	wrapped("one  two\nthree ", 0, "one two three\n");
	wrapped("one\n\ntwo", 1, " one\n\n two\n");
}

static void lines_stay_within_80_columns(void **state)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	size_t words = 0;

	(void)state;
	for (int i = 1; i < 200; i++)
		buf_addf(&text, "%.*s ", i % 13 + 1, "abcdefghijklm");
	text_wrap(&out, 4, text.p);
	for (const char *p = out.p; *p;) {
		size_t n = strcspn(p, "\n");

		assert_true(n <= 80);
		assert_memory_equal(p, "    ", 4);
		assert_true(p[4] != ' ' && p[n - 1] != ' ');
		for (size_t i = 3; i < n; i++)
			words += p[i] == ' ';
		/* The next word would not have fitted. */
		if (p[n + 1])
			assert_true(n + 1 + strcspn(p + n + 5, " \n") > 79);
		p += n + 1;
	}
	assert_int_equal(words, 199);
	buf_release(&text);
	buf_release(&out);
}

static void long_words_are_not_cut(void **state)
{
	char word[201], *expected;

	(void)state;
	memset(word, 'x', 200);
	word[200] = '\0';
	expected = xasprintf("  %s\n", word);
	wrapped(word, 2, expected);
	free(expected);
}

static void colour_only_when_on(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	text_color(&out, false, COLOR_RED, "a");
	text_color(&out, true, COLOR_NONE, "b");
	assert_string_equal(out.p, "ab");
	buf_clear(&out);
	text_color(&out, true, COLOR_RED, "c");
	assert_string_equal(out.p, "\033[1;31mc\033[m");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tricks_become_visible),
		cmocka_unit_test(length_counts_not_the_end),
		cmocka_unit_test(no_control_comes_through),
		cmocka_unit_test(short_paragraphs),
		cmocka_unit_test(lines_stay_within_80_columns),
		cmocka_unit_test(long_words_are_not_cut),
		cmocka_unit_test(colour_only_when_on),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}

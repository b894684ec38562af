// SPDX-License-Identifier: GPL-2.0-only
/* review: the words of a changelog, what is near a word, what else is one, the search for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "review/near.h"
#include "review/needles.h"
#include "review/prose.h"
#include "review/word_forms.h"
#include "review/word_table.h"

static void test_near(void **state)
{
	static const struct {
		const char *wrong, *word;
		bool near;
	} cases[] = {
		{ "prevoisely", "previously", true },
		{ "prevoisely", "precisely", false },
		{ "virualize", "virtualize", true },
		{ "virualize", "visualize", true },
		{ "regsiter", "register", true },
		{ "registter", "register", true },
		{ "registar", "register", true },
		{ "registr", "register", true },
		{ "register", "register", false },
		{ "timersd", "timers", false },   /* a letter behind it */
		{ "kclient", "client", false },   /* the first letter */
		{ "wrtie", "write", false },      /* too short */
		{ "fileattr", "flatter", false }, /* vowels only in longer words */
		{ "suspecious", "suspicious", true },
		{ "regulate", "register", false },
		{ "registersets", "register", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (words_near(cases[i].wrong, cases[i].word) != cases[i].near)
			fail_msg("%s %s", cases[i].wrong, cases[i].word);
}

static bool is_known(void *ctx, const char *word)
{
	static const char *const known[] = { "map",   "stop", "write", "color",  "initialize",
					     "empty", "back", "trace", "simple", "normal" };

	(void)ctx;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (!strcmp(known[i], word))
			return true;
	return false;
}

static void test_forms(void **state)
{
	static const struct {
		const char *word;
		bool form, made;
	} cases[] = {
		{ "map", true, true },        { "maps", true, true },
		{ "mapped", true, true },     { "mapping", true, true },
		{ "writer", true, true },     { "writing", true, true },
		{ "writable", true, true },   { "stopped", true, true },
		{ "emptied", true, true },    { "empties", true, true },
		{ "simply", true, true },     { "normally", true, true },
		{ "unmapped", false, true },  { "remap", false, true },
		{ "backtrace", false, true }, { "backtraces", false, true },
		{ "colour", false, true },    { "initialised", false, true },
		{ "mabs", false, false },     { "s", false, false },
		{ "", false, false },         { "xmap", false, false },
	};
	char longer[200];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		if (word_is_form(cases[i].word, is_known, NULL) != cases[i].form ||
		    word_is_made_of(cases[i].word, is_known, NULL) != cases[i].made)
			fail_msg("%s", cases[i].word);
	memset(longer, 's', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_false(word_is_made_of(longer, is_known, NULL));
}

static void note_hit(void *ctx, size_t i)
{
	buf_addf(ctx, "%zu ", i);
}

static void test_needles(void **state)
{
	static const char *const words[] = { "write", "rewrite", "tiny", "virtualize" };
	static const struct {
		const char *text, *hits;
	} cases[] = {
		{ "", "" },
		{ "writ", "" },
		{ "write", "0 " },
		{ "Write WRITE", "0 0 " },
		{ "a_write2 rewrite write_b", "0 1 0 " },
		{ "writes xwrite tiny", "" }, /* tiny is too short to be sought */
		{ "wwritewrite", "" },
		{ "virtualizerewrite virtualize\nrewrite", "3 1 " },
		{ "\xffwrite\xff", "0 " },
	};
	struct needles *needles = needles_new(words, ARRAY_SIZE(words));
	struct needles *none = needles_new(words, 0);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t n = strlen(cases[i].text);
		char *exact = xmemdup(cases[i].text, n); /* so that a byte too far is noticed */
		struct buf hits = BUF_INIT;

		buf_adds(&hits, "");
		needles_run(none, exact, n, note_hit, &hits);
		needles_run(needles, exact, n, note_hit, &hits);
		assert_string_equal(hits.p, cases[i].hits);
		buf_release(&hits);
		free(exact);
	}
	needles_free(needles);
	needles_free(none);
}

static void test_prose(void **state)
{
	static const struct {
		const char *subject, *changelog,
			*words; /* LINE:COLUMN WORD, with ! a name, = not plain */
	} cases[] = {
		{ "KVM: x86: Do it", "", "0:11 Do 0:14 it" },
		{ "Do it", "One.  Two\nthree, Four",
		  "0:1 Do 0:4 it 1:1 One 1:7 Two 2:1 three 2:8 Four!" },
		{ "", "APIC-wrtie a/b page(VICR)",
		  "1:1 APIC= 1:6 wrtie 1:12 a 1:14 b 1:16 page 1:21 VICR!=" },
		{ "", "vCPU's doesn't 'quoted' X86",
		  "1:1 vCPU= 1:8 doesn't= 1:17 quoted 1:25 X86!=" },
		{ "", "f() a.c a_b a=b /x a/b/c <x> x@y --opt 1.5 end", "1:44 end" },
		{ "", "a \"b\nc\" d", "1:1 a 2:4 d" },
		{ "", "a \"b\n\nc d", "1:1 a 1:4 b 3:1 c 3:3 d" },
		{ "", "> q\n    c\n\tt\n$ s\na   b\n\nlast", "7:1 last" },
		{ "", "- One\n- Two", "1:3 One 2:3 Two" },
		{ "", "So.\n\nCc: one <a@b>\nSigned-off-by: Two <c@d>", "1:1 So" },
		{ "", "\xc3\xa9t\xc3\xa9 a\xff", "1:1 \xc3\xa9t\xc3\xa9= 1:7 a\xff=" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *subject = xstrdup(cases[i].subject), *log = xstrdup(cases[i].changelog);
		struct series_patch patch = { .subject = subject, .changelog = log };
		struct buf got = BUF_INIT;
		struct prose prose;

		prose_of(&patch, &prose);
		buf_adds(&got, "");
		for (size_t k = 0; k < prose.n; k++) {
			const struct prose_word *w = &prose.v[k];

			buf_addf(&got, "%s%d:%d %.*s%s%s", k ? " " : "", w->line, w->column,
				 (int)w->n, w->p, w->name ? "!" : "", w->plain ? "" : "=");
		}
		assert_string_equal(got.p, cases[i].words);
		prose_release(&prose);
		buf_release(&got);
		free(subject);
		free(log);
	}
}

static void test_subject_prefix(void **state)
{
	static const struct {
		const char *subject, *prefix;
	} cases[] = {
		{ "KVM: x86: Do it", "KVM: x86:" },
		{ "KVM: x86/mmu: Do it: now", "KVM: x86/mmu:" },
		{ "x86, kvm: Do it", "x86, kvm:" },
		{ "Do it", "" },
		{ "Revert \"KVM: Do it\"", "" },
		{ "Do what std::move does", "" },
		{ "", "" },
		{ "KVM:", "" },
		{ "KVM: ", "KVM:" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t n = subject_prefix(cases[i].subject);

		if (n != strlen(cases[i].prefix) ||
		    strncmp(cases[i].subject, cases[i].prefix, n) != 0)
			fail_msg("%s: %zu", cases[i].subject, n);
	}
}

static void test_word_table(void **state)
{
	char(*words)[16] = xcalloc(50000, sizeof(*words));
	struct word_table t = { NULL, 0, 0 };

	(void)state;
	assert_null(word_table_find(&t, "w1"));
	for (int i = 0; i < 50000; i++) {
		snprintf(words[i], sizeof(words[i]), "w%d", i);
		word_table_add(&t, words[i], i % 2 ? words[i] : NULL, false);
	}
	word_table_add(&t, "w7", "other", true);
	assert_int_equal(t.n, 50000);
	for (int i = 0; i < 50000; i++)
		assert_string_equal(word_table_find(&t, words[i])->word, words[i]);
	assert_string_equal(word_table_find(&t, "w7")->value, "w7");
	assert_true(word_table_find(&t, "w7")->plain);
	assert_false(word_table_find(&t, "w8")->plain);
	assert_null(word_table_find(&t, "w50000"));
	word_table_release(&t);
	free(words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_near),           cmocka_unit_test(test_forms),
		cmocka_unit_test(test_needles),        cmocka_unit_test(test_prose),
		cmocka_unit_test(test_subject_prefix), cmocka_unit_test(test_word_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

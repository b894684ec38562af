// SPDX-License-Identifier: GPL-2.0-only
/* What writes a review down: notes of every kind, made by hand, in replies and the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "review/draft.h"
#include "review/write.h"

static const char thread_text[] = "From x Thu Jan  1 00:00:00 1970\n"
				  "From: Ann Author <ann@example.org>\n"
				  "To: kvm@example.org\n"
				  "Date: Mon, 9 Aug 2021 23:30:00 -0700\n"
				  "Subject: [PATCH 1/2] lib: count\n"
				  "Message-ID: <1@example.org>\n"
				  "\n"
				  "First paragrahp of the text,\n"
				  "two lines.\n"
				  "\n"
				  "Second one\twith a typpo and\n"
				  "a secnd typpo.\n"
				  "\n"
				  "Third.\n"
				  "\n"
				  "Signed-off-by: Ann Author <ann@example.org>\n"
				  "---\n"
				  " lib/a.c | 4 ++--\n"
				  " 1 file changed, 2 insertions(+), 2 deletions(-)\n"
				  "\n"
				  "diff --git a/lib/a.c b/lib/a.c\n"
				  "index 0123456..89abcde 100644\n"
				  "--- a/lib/a.c\n"
				  "+++ b/lib/a.c\n"
				  "@@ -10,7 +10,7 @@ int a(void)\n"
				  " ten\n"
				  " eleven\n"
				  " twelve\n"
				  "-old thirteen\n"
				  "+new thirteen\n"
				  " fourteen\n"
				  "\n"
				  " sixteen\n"
				  "@@ -100,4 +100,4 @@ int b(void)\n"
				  " hundred\n"
				  "-old 101\n"
				  "+new 101\n"
				  " 102\n"
				  " 103\n"
				  "diff --git a/lib/b.c b/lib/b.c\n"
				  "index 0123456..89abcde 100644\n"
				  "--- a/lib/b.c\n"
				  "+++ b/lib/b.c\n"
				  "@@ -1,10 +1,11 @@\n"
				  " one\n"
				  " two\n"
				  " three\n"
				  " four\n"
				  " five\n"
				  " six\n"
				  " seven\n"
				  " eight\n"
				  " nine\n"
				  "+From then on\n"
				  " ten\n"
				  "-- \n"
				  "2.30.0\n"
				  "\n"
				  "From x Thu Jan  1 00:00:00 1970\n"
				  "From: Ann Author <ann@example.org>\n"
				  "To: kvm@example.org\n"
				  "Date: Mon, 9 Aug 2021 23:31:00 -0700\n"
				  "Subject: [PATCH 2/2] lib: more\n"
				  "Message-ID: <2@example.org>\n"
				  "In-Reply-To: <1@example.org>\n"
				  "\n"
				  "Text.\n"
				  "---\n"
				  "\n"
				  "diff --git a/lib/a.c b/lib/a.c\n"
				  "--- a/lib/a.c\n"
				  "+++ b/lib/a.c\n"
				  "@@ -1 +1 @@\n"
				  "-one\n"
				  "+uno\n"
				  "-- \n"
				  "2.30.0\n";

/* A review whose patches are not in a tree: numbers are the diffs' own. */
struct made {
	struct thread thread;
	struct series series;
	struct lint lint;
	struct review_options options;
	struct review review;
};

static int make(void **state)
{
	struct made *m = xcalloc(1, sizeof(*m));
	struct series_options none = { NULL, 0 };
	struct err err = ERR_INIT;

	assert_int_equal(thread_add_mbox(&m->thread, thread_text, sizeof(thread_text) - 1, &err),
			 0);
	thread_link(&m->thread);
	assert_int_equal(series_build(&m->series, &m->thread, &none, &err), 0);
	assert_int_equal(m->series.found, 2);
	m->lint.n = 2;
	m->lint.base = (struct base){ .name = xstrdup("v1"), .rev = { .commit = "0123" } };
	m->lint.patches = xcalloc(2, sizeof(*m->lint.patches));
	for (int i = 0; i < 2; i++)
		m->lint.patches[i] = (struct lint_patch){
			.n = i + 1,
			.m = 2,
			.state = LINT_REFUSED,
			.subject = xstrdup(m->series.patches[i].subject),
			.refused_reason = xstrdup("no"),
		};
	m->review = (struct review){
		.options = &m->options, .series = &m->series, .thread = &m->thread, .lint = &m->lint
	};
	*state = m;
	return 0;
}

static int unmake(void **state)
{
	struct made *m = *state;

	review_release(&m->review);
	lint_release(&m->lint);
	series_release(&m->series);
	thread_release(&m->thread);
	free(m);
	return 0;
}

static struct note *add(struct made *m, const char *path, enum note_side side, int line,
			const char *text)
{
	struct note note = {
		.check = xstrdup("check"),
		.path = path ? xstrdup(path) : NULL,
		.side = side,
		.line = line,
		.text = xstrdup(text),
	};

	return notes_add(&m->review.notes, &note);
}

/* The body of the draft of that number, as the file has it. */
static char *body(struct made *m, size_t wanted, size_t of)
{
	struct address me = { (char *)(uintptr_t) "Me", (char *)(uintptr_t) "me@example.org" };
	struct drafts drafts = DRAFTS_INIT;
	struct err err = ERR_INIT;
	char *text;

	notes_sort(&m->review.notes);
	assert_int_equal(review_drafts(&m->review, &me, &drafts, &err), 0);
	assert_int_equal(drafts.n, of);
	text = xstrdup(strstr(drafts.v[wanted].mail.p, "\n\n") + 2);
	drafts_release(&drafts);
	return text;
}

static void check(struct made *m, const char *expected)
{
	char *text = body(m, 1, 2);

	assert_string_equal(text, expected);
	free(text);
}

static void changelog_words(void **state)
{
	add(*state, NULL, NOTE_CHANGELOG, 1, "paragrahp: paragraph?")->column = 7;
	add(*state, NULL, NOTE_CHANGELOG, 5, "secnd: second?")->column = 3;
	add(*state, NULL, NOTE_CHANGELOG, 5, "typpo: typo?")->column = 9;
	add(*state, NULL, NOTE_CHANGELOG, 4, "typpo: typo?")->column = 19;
	check(*state, "On Mon, Aug 09, 2021, Ann Author wrote:\n"
		      "> First paragrahp of the text,\n"
		      "        ^^^^^^^^^\n"
		      "\n"
		      "paragrahp: paragraph?\n"
		      "\n"
		      "> two lines.\n"
		      "> \n"
		      "> Second one\twith a typpo and\n"
		      "            \t       ^^^^^\n"
		      "\n"
		      "typpo: typo?\n"
		      "\n"
		      "> a secnd typpo.\n"
		      "    ^^^^^ ^^^^^\n"
		      "\n"
		      "secnd: second?\n"
		      "\n"
		      "typpo: typo?\n");
}

static void whole_things(void **state)
{
	struct made *m = *state;

	add(m, NULL, NOTE_NEW, 0, "the patch does two things.");
	add(m, NULL, NOTE_CHANGELOG, 0, "say what is counted.");
	add(m, NULL, NOTE_CHANGELOG, 99, "there is no such line");
	add(m, "lib/b.c", NOTE_NEW, 0, "the file needs a header.");
	add(m, "lib/c.c", NOTE_NEW, 7, "it is used here too.")->evidence = xstrdup("\tcount();");
	check(m, "The patch does two things.\n"
		 "\n"
		 "There is no such line\n"
		 "\n"
		 "lib/c.c:7:\n"
		 "\n"
		 "    \tcount();\n"
		 "\n"
		 "It is used here too.\n"
		 "\n"
		 "On Mon, Aug 09, 2021, Ann Author wrote:\n"
		 "> Subject: [PATCH 1/2] lib: count\n"
		 "\n"
		 "Say what is counted.\n"
		 "\n"
		 "> diff --git a/lib/b.c b/lib/b.c\n"
		 "> index 0123456..89abcde 100644\n"
		 "> --- a/lib/b.c\n"
		 "> +++ b/lib/b.c\n"
		 "\n"
		 "The file needs a header.\n");
}

static void code(void **state)
{
	struct made *m = *state;
	struct note *n = add(m, "lib/a.c", NOTE_OLD, 13, "this was right.");

	n->diff = xstrdup("-old\n+new\n");
	strv_add(&n->links, "https://example.org/1");
	n = add(m, "lib/a.c", NOTE_NEW, 13, "new is no word");
	n->evidence = xstrdup("new thirteen");
	strv_add(&n->links, "https://example.org/2");
	strv_add(&n->links, "https://example.org/1");
	add(m, "lib/a.c", NOTE_NEW, 60, "so is this.")->evidence = xstrdup("sixty");
	add(m, "lib/b.c", NOTE_NEW, 10,
	    "where a wrapped line would begin with a mark of quotes, seventy columns > it "
	    "does not");
	check(m, "On Mon, Aug 09, 2021, Ann Author wrote:\n"
		 "> diff --git a/lib/a.c b/lib/a.c\n"
		 "> index 0123456..89abcde 100644\n"
		 "> --- a/lib/a.c\n"
		 "> +++ b/lib/a.c\n"
		 "> @@ -10,7 +10,7 @@ int a(void)\n"
		 ">  ten\n"
		 ">  eleven\n"
		 ">  twelve\n"
		 "> -old thirteen\n"
		 "\n"
		 "This was right. [1]\n"
		 "\n"
		 "    -old\n"
		 "    +new\n"
		 "\n"
		 "> +new thirteen\n"
		 "\n"
		 "new is no word [2][1]\n"
		 "\n"
		 ">  fourteen\n"
		 "> \n"
		 ">  sixteen\n"
		 "> @@ -100,4 +100,4 @@ int b(void)\n"
		 ">  hundred\n"
		 "> -old 101\n"
		 "> +new 101\n"
		 ">  102\n"
		 ">  103\n"
		 "\n"
		 "lib/a.c:60:\n"
		 "\n"
		 "    sixty\n"
		 "\n"
		 "So is this.\n"
		 "\n"
		 "> diff --git a/lib/b.c b/lib/b.c\n"
		 "> index 0123456..89abcde 100644\n"
		 "> --- a/lib/b.c\n"
		 "> +++ b/lib/b.c\n"
		 "> @@ -1,10 +1,11 @@\n"
		 "> [...]\n"
		 ">  five\n"
		 ">  six\n"
		 ">  seven\n"
		 ">  eight\n"
		 ">  nine\n"
		 "> +From then on\n"
		 "\n"
		 "Where a wrapped line would begin with a mark of quotes, seventy columns\n"
		 " > it does not\n"
		 "\n"
		 ">  ten\n"
		 "\n"
		 "[1] https://example.org/1\n"
		 "[2] https://example.org/2\n");
}

static void said_already(void **state)
{
	struct made *m = *state;
	char *text;

	add(m, "lib/a.c", NOTE_NEW, 13, "said")->author = xstrdup("Rita <rita@example.com>");
	add(m, "lib/a.c", NOTE_NEW, 101, "new");
	text = body(m, 0, 2);
	assert_non_null(strstr(text, "  1/2  1 note "));
	assert_non_null(strstr(text, "\n1 remark made in this thread already is not repeated.\n"));
	free(text);
	text = body(m, 1, 2);
	assert_null(strstr(text, "said"));
	assert_null(strstr(text, "thirteen"));
	free(text);
}

static void series_notes(void **state)
{
	struct made *m = *state;
	char *text;

	add(m, NULL, NOTE_NEW, 0, "no patch says why.")->patch = NOTE_SERIES;
	text = body(m, 0, 1);
	assert_non_null(strstr(text, "Base: v1 (0123)\n"));
	assert_non_null(strstr(text, "  1/2  not applied   lib: count\n"));
	assert_non_null(strstr(text, "\n1/2 does not apply: no\n"));
	assert_non_null(strstr(text, "\n\nNo patch says why.\n"));
	free(text);
}

/* The page; no element in it but those that it is made of, whatever the notes say. */
static char *page(struct made *m)
{
	struct review_report report = { &m->review, "1.1.1", false };
	struct buf out = BUF_INIT;

	notes_sort(&m->review.notes);
	review_html(&report, &out);
	assert_false(out.over);
	return buf_detach(&out);
}

static void page_places(void **state)
{
	struct made *m = *state;
	char *text;

	add(m, NULL, NOTE_NEW, 0, "no patch says why.")->patch = NOTE_SERIES;
	add(m, NULL, NOTE_CHANGELOG, 1, "paragrahp: paragraph?")->column = 7;
	add(m, "lib/a.c", NOTE_OLD, 13, "this was right.");
	add(m, "lib/a.c", NOTE_NEW, 60, "so is this.")->evidence = xstrdup("sixty <b>");
	text = page(m);
	assert_non_null(strstr(text, "<section id=\"series\">"));
	assert_non_null(strstr(text, "<p>No patch says why.</p>"));
	assert_non_null(strstr(text,
			       "<code>First <mark>paragrahp</mark> of the text,</code></div>\n"
			       "<aside class=\"note note\" id=\"n2\">"));
	assert_non_null(strstr(text, "<i>13</i><i></i><code>-old thirteen</code></div>\n"
				     "<aside class=\"note note\" id=\"n3\">"));
	assert_non_null(strstr(text, "<span>line 13, before</span>"));
	assert_non_null(strstr(text, "<span>lib/a.c:60</span></p>\n"
				     "<pre class=\"evidence\">sixty &lt;b&gt;</pre>"));
	assert_non_null(strstr(text, "<a class=\"note\" href=\"#n3\">3</a>"));
	free(text);
}

static void add_hostile_proposal(struct made *m, const char *s)
{
	struct review *r = &m->review;
	struct note note = { .check = xstrdup(s), .text = xstrdup(s) };

	GROW(r->proposals, r->n_proposals, r->cap_proposals);
	r->proposals[r->n_proposals] =
		(struct proposal){ .message_id = xstrdup(s), .kind = "diff", .reason = xstrdup(s) };
	notes_add(&r->proposals[r->n_proposals++].notes, &note);
}

static void page_hostile(void **state)
{
	static const char *const hostile[] = {
		"<script>alert(1)</script>",
		"\"><img src=x onerror=alert(1)>",
		"' onclick='alert(1)",
		"</style></title><script>",
		"&lt;script&gt;",
		"\033[2J\xe2\x80\xae\xff",
		"javascript:alert(1)",
		"https://example.org/\" onclick=\"alert(1)",
	};
	struct made *m = *state;
	char *text;

	for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
		const char *s = hostile[i];
		struct note *n = add(m, i % 2 ? "lib/a.c" : s, NOTE_NEW, 13 + (int)i, s);

		free(n->check);
		n->check = xstrdup(s);
		n->evidence = xstrdup(s);
		n->diff = xstrdup(s);
		n->author = xstrdup(s);
		n->remark_id = xstrdup(s);
		strv_add(&n->links, s);
		add_hostile_proposal(m, s);
		strv_add(&m->lint.notes, s);
	}
	free(m->lint.patches[0].subject);
	m->lint.patches[0].subject = xstrdup(hostile[0]);
	text = page(m);
	for (const char *p = text; (p = strchr(p, '<')); p++) {
		size_t len = strcspn(p, " >");

		assert_null(memmem(p, len, "script", 6));
		assert_null(memmem(p, len, "img", 3));
		assert_null(memmem(p, strcspn(p, ">"), " on", 3));
		assert_null(memmem(p, strcspn(p, ">"), "javascript", 10));
	}
	assert_null(strchr(text, '\033'));
	assert_null(strstr(text, "\xe2\x80\xae"));
	assert_null(strchr(text, '\xff'));
	assert_null(strstr(text, "href=\"https://example.org"));
	assert_non_null(strstr(text, "&amp;lt;script&amp;gt;"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(changelog_words, make, unmake),
		cmocka_unit_test_setup_teardown(whole_things, make, unmake),
		cmocka_unit_test_setup_teardown(code, make, unmake),
		cmocka_unit_test_setup_teardown(said_already, make, unmake),
		cmocka_unit_test_setup_teardown(series_notes, make, unmake),
		cmocka_unit_test_setup_teardown(page_places, make, unmake),
		cmocka_unit_test_setup_teardown(page_hostile, make, unmake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

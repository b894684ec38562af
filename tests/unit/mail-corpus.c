// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every NAME.eml and NAME.mbox in tests/mail against NAME.expect beside it, as
 * in git's t5100: what the mails parse into.  ICRFIX_UPDATE=1 writes the
 * expectations anew; read the difference before you commit it.
 */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "mail/am.h"
#include "mail/series.h"

static void show(struct buf *out, const char *mark, const char *text)
{
	struct span rest = { text, strlen(text) }, line;

	while (text_line(&rest, &line)) {
		buf_adds(out, mark);
		text_visible(out, line.p, line.n, false);
		buf_addc(out, '\n');
	}
}

static void show_trailers(struct buf *out, const char *mark, const struct trailers *t)
{
	for (size_t i = 0; i < t->n; i++) {
		char *line = trailer_line(&t->v[i]);

		show(out, mark, line);
		free(line);
		if (t->v[i].extra)
			show(out, mark, t->v[i].extra);
	}
}

static void show_file(struct buf *out, const struct diff_file *f)
{
	size_t add = 0, del = 0;

	for (size_t i = 0; i < f->n_hunks; i++) {
		struct diff_line line;
		size_t pos = 0;

		while (diff_hunk_next(&f->hunks[i], &pos, &line)) {
			add += line.kind == '+';
			del += line.kind == '-';
		}
	}
	buf_addf(out, "  file %c %s", "MADRC"[f->op], diff_file_path(f));
	if (f->op >= DIFF_RENAME)
		buf_addf(out, " from %s", f->old_path);
	buf_addf(out, " +%zu -%zu in %zu", add, del, f->n_hunks);
	if (f->old_mode != f->new_mode)
		buf_addf(out, " mode %o %o", f->old_mode, f->new_mode);
	buf_addf(out, "%s%s\n", f->binary ? " binary" : "",
		 (f->old_path && !diff_path_ok(f->old_path)) ||
				 (f->new_path && !diff_path_ok(f->new_path))
			 ? " REFUSED"
			 : "");
}

static void show_diff(struct buf *out, const char *diff, size_t len)
{
	struct diff d = DIFF_INIT;
	struct err err = ERR_INIT;

	if (diff && diff_parse(&d, diff, len, &err))
		buf_addf(out, "  damage: %s\n", err.text);
	for (size_t i = 0; i < d.n; i++)
		show_file(out, &d.files[i]);
	err_release(&err);
	diff_release(&d);
}

static void show_patch(struct buf *out, const struct series_patch *p)
{
	char *author, *date;

	if (p->missing) {
		buf_addf(out, "%d/%d missing %s\n", p->n, p->m, p->subject ? p->subject : "");
		return;
	}
	author = address_format(&p->author);
	date = message_date(p->date, p->tz);
	buf_addf(out, "%d/%d v%d ", p->n, p->m, p->revision);
	show(out, "", p->subject);
	show(out, "  from ", author);
	buf_addf(out, "  date %s\n", date);
	show(out, "  log ", p->changelog);
	show_trailers(out, "  own ", &p->own);
	show_trailers(out, "  taken ", &p->taken);
	show(out, "  note ", p->notes);
	show_diff(out, p->diff, p->diff_len);
	free(author);
	free(date);
}

static void show_embedded(struct buf *out, const struct embedded *e)
{
	char *author = address_format(&e->author);

	buf_addf(out, "embedded %s ", e->is_patch ? "patch" : "diff");
	show(out, "", e->subject);
	show(out, "  from ", author);
	show(out, "  log ", e->changelog);
	show_diff(out, e->diff, e->diff_len);
	free(author);
}

static void show_series(struct buf *out, const struct series *s)
{
	buf_addf(out, "series v%d %d of %d\n", s->revision, s->found, s->expected);
	if (s->has_cover)
		show_patch(out, &s->cover);
	for (int n = 0; n < s->expected; n++)
		show_patch(out, &s->patches[n]);
	for (size_t i = 0; i < s->embedded.n; i++)
		show_embedded(out, &s->embedded.v[i]);
	for (size_t i = 0; i < s->n_refused; i++) {
		char *line = trailer_line(&s->refused[i].trailer);

		show(out, "refused ", line);
		show(out, "  because ", s->refused[i].reason);
		free(line);
	}
	for (size_t i = 0; i < s->warnings.n; i++)
		show(out, "warning ", s->warnings.v[i]);
	if (s->base_commit)
		show(out, "base ", s->base_commit);
	if (s->change_id)
		show(out, "change ", s->change_id);
	for (size_t i = 0; i < s->prerequisites.n; i++)
		show(out, "needs ", s->prerequisites.v[i]);
}

/* Also that what comes out is safe to show and an mbox of as many mails. */
static void check_mbox(struct buf *out, const struct series *s)
{
	struct am_options opt = { .link_base = "", .embedded = AM_EMBEDDED_ALL };
	struct buf mbox = BUF_INIT;
	struct err err = ERR_INIT;
	struct span rest, line;
	int mails = 0;

	if (am_write(s, &opt, &mbox, &err))
		show(out, "no mbox: ", err.text);
	rest = (struct span){ mbox.p ? mbox.p : "", mbox.len };
	while (!err.text && text_line(&rest, &line)) {
		mails += span_starts(line, "From ");
		for (size_t i = 0; i < line.n; i++)
			assert_true((unsigned char)line.p[i] >= 0x20 || line.p[i] == '\t');
	}
	if (!err.text)
		assert_int_equal(mails, am_count(s, &opt));
	err_release(&err);
	buf_release(&mbox);
}

static void parse(struct buf *out, const char *path)
{
	struct buf file = BUF_INIT_MAX(1 << 24);
	struct thread t = THREAD_INIT;
	struct series s = SERIES_INIT;
	struct series_options opt = { NULL, 0 };
	struct err err = ERR_INIT;

	if (buf_read_file(&file, path, &err) || thread_add_mbox(&t, file.p, file.len, &err))
		buf_addf(out, "error: %s\n", err.text);
	thread_link(&t);
	buf_addf(out, "mails %zu\n", t.n);
	if (!err.text && series_build(&s, &t, &opt, &err))
		buf_addf(out, "error: %s\n", err.text);
	show_series(out, &s);
	check_mbox(out, &s);
	series_release(&s);
	thread_release(&t);
	err_release(&err);
	buf_release(&file);
}

static void test_file(void **state)
{
	const char *path = *state;
	char *expect = xasprintf("%.*s.expect", (int)(strrchr(path, '.') - path), path);
	struct buf got = BUF_INIT, want = BUF_INIT;
	struct err err = ERR_INIT;

	parse(&got, path);
	if (getenv("ICRFIX_UPDATE"))
		assert_int_equal(file_write(expect, got.p, got.len, &err), 0);
	buf_adds(&want, "");
	if (buf_read_file(&want, expect, &err))
		fail_msg("%s", err.text);
	if (strcmp(got.p, want.p))
		fail_msg("%s: got\n%s", path, got.p);
	buf_release(&got);
	buf_release(&want);
	free(expect);
}

/* tests/mail beside build/unit, where this program is, unless $ICRFIX_MAILS names it. */
static void find_mails(glob_t *found)
{
	const char *env = getenv("ICRFIX_MAILS");
	char *exe = realpath("/proc/self/exe", NULL), *dir, *pattern;

	dir = env ? xstrdup(env)
		  : xasprintf("%.*s/../../tests/mail", (int)(strrchr(exe, '/') - exe), exe);
	pattern = xasprintf("%s/*.eml", dir);
	glob(pattern, 0, NULL, found);
	free(pattern);
	pattern = xasprintf("%s/*.mbox", dir);
	glob(pattern, GLOB_APPEND, NULL, found);
	free(pattern);
	free(dir);
	free(exe);
}

int main(void)
{
	struct CMUnitTest *tests;
	glob_t found = { 0 };
	int rc;

	find_mails(&found);
	if (!found.gl_pathc) {
		fputs("mail-corpus: no mails; ICRFIX_MAILS names their directory\n", stderr);
		return 1;
	}
	tests = xcalloc(found.gl_pathc, sizeof(*tests));
	for (size_t i = 0; i < found.gl_pathc; i++)
		tests[i] = (struct CMUnitTest){ strrchr(found.gl_pathv[i], '/') + 1, test_file,
						NULL, NULL, found.gl_pathv[i] };
	rc = _cmocka_run_group_tests("mail corpus", tests, found.gl_pathc, NULL, NULL);
	free(tests);
	globfree(&found);
	return rc;
}

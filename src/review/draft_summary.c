// SPDX-License-Identifier: GPL-2.0-only
/* The reply to the cover letter: what was looked at, and what came of it. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "draft_priv.h"
#include "quote.h"
#include "report/lint_report.h"
#include "report/style.h"

#define WIDTH 72

/* The new notes, or those that were made already. */
size_t draft_count(const struct review *r, size_t patch, bool said)
{
	size_t n = 0;

	for (size_t i = 0; i < r->notes.n; i++)
		n += r->notes.v[i].patch == patch && !r->notes.v[i].author == !said;
	return n;
}

void draft_note(struct buf *body, const struct note *n, struct strv *links)
{
	quote_note(body, n, "", false, links);
	buf_addc(body, '\n');
}

void draft_series_notes(struct buf *body, const struct review *r, struct strv *links)
{
	for (size_t i = 0; i < r->notes.n; i++)
		if (r->notes.v[i].patch == NOTE_SERIES && !r->notes.v[i].author)
			draft_note(body, &r->notes.v[i], links);
}

static void add_state(struct buf *out, const struct review *r, size_t i)
{
	size_t n = draft_count(r, i, false);

	if (n)
		buf_addf(out, "%zu note%s", n, n == 1 ? "" : "s");
	else if (r->lint->patches[i].state == LINT_MISSING)
		buf_adds(out, "missing");
	else if (!review_applied(r, i))
		buf_adds(out, "not applied");
	else
		buf_adds(out, draft_count(r, i, true) ? "nothing new" : "no notes");
}

/* "  5/6  2 notes       KVM: x86: Support ..." */
static void add_line(struct buf *body, const struct review *r, size_t i)
{
	const struct lint_patch *p = &r->lint->patches[i];
	char *subject = text_visible_dup(p->subject ? p->subject : "");
	struct buf state = BUF_INIT;
	size_t len = body->len;

	add_state(&state, r, i);
	buf_addf(body, "  %d/%d  %-13s %s", p->n, p->m, state.p, subject);
	buf_release(&state);
	if (body->len - len > WIDTH) {
		body->len = len + WIDTH - 3;
		while ((body->p[body->len] & 0xc0) == 0x80)
			body->len--;
		body->p[body->len] = '\0';
		buf_adds(body, "...");
	}
	buf_addc(body, '\n');
	free(subject);
}

static void add_trouble(struct buf *body, const struct review *r, size_t i)
{
	const struct lint_patch *p = &r->lint->patches[i];
	struct buf text = BUF_INIT, trouble = BUF_INIT;

	lint_patch_trouble(p, &trouble);
	if (trouble.len) {
		buf_addf(&text, "%d/%d ", p->n, p->m);
		text_visible(&text, trouble.p, trouble.len, false);
		buf_addc(body, '\n');
		text_wrap_to(body, 0, WIDTH, text.p);
	}
	buf_release(&text);
	buf_release(&trouble);
}

static void add_unseen(struct buf *body, const struct lint_patch *p)
{
	for (size_t i = 0; i < p->news.n_unseen; i++) {
		const struct unseen *u = &p->news.unseen[i];

		buf_addf(body, "\n%d/%d could not be analysed in %s", p->n, p->m, u->path);
		if (u->line)
			buf_addf(body, ":%d", u->line);
		buf_addf(body, ": %s\n", u->reason);
	}
}

size_t draft_count_said(const struct review *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->notes.n; i++)
		n += r->notes.v[i].author != NULL;
	return n;
}

void draft_summary_text(struct buf *body, const struct review *r)
{
	struct strv links = STRV_INIT;
	struct buf base = BUF_INIT, title = BUF_INIT;
	size_t said = draft_count_said(r);

	base_text(&r->lint->base, &base);
	text_visible(&title, base.p, base.len, false);
	title.p[0] = (char)toupper((unsigned char)title.p[0]);
	text_wrap_to(body, 0, WIDTH, title.p);
	buf_addc(body, '\n');
	for (size_t i = 0; i < r->lint->n; i++)
		add_line(body, r, i);
	for (size_t i = 0; i < r->lint->n; i++) {
		add_trouble(body, r, i);
		add_unseen(body, &r->lint->patches[i]);
	}
	buf_addc(body, '\n');
	draft_series_notes(body, r, &links);
	if (said)
		buf_addf(body, "%zu remark%s made in this thread already %s not repeated.\n", said,
			 said == 1 ? "" : "s", said == 1 ? "is" : "are");
	while (body->len > 1 && body->p[body->len - 1] == '\n' && body->p[body->len - 2] == '\n')
		body->p[--body->len] = '\0';
	quote_links(body, &links);
	buf_release(&base);
	buf_release(&title);
	strv_release(&links);
}

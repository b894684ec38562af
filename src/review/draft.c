// SPDX-License-Identifier: GPL-2.0-only
#include "draft.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "mail/encode.h"
#include "mail/reply_all.h"
#include "quote.h"
#include "report/lint_report.h"
#include "report/style.h"

#define WIDTH 72
#define SLUG 52

/* While the drafts are made. */
struct writing {
	const struct review *r;
	const struct address *me;
	struct drafts *out;
};

/* The mail that a patch came in.  Without a Message-ID its number has to do. */
static const struct mail *mail_of(const struct review *r, const struct series_patch *p)
{
	const struct thread *t = r->thread;

	if (p->message_id && p->message_id[0])
		return thread_find(t, p->message_id);
	for (size_t i = 0; p->message_id && i < t->n; i++)
		if (!t->v[i]->msg.id[0] && !t->v[i]->subject.reply && t->v[i]->subject.n == p->n &&
		    t->v[i]->subject.revision == p->revision)
			return t->v[i];
	return NULL;
}

/* REPLY: to the how-manieth reply to that patch, 0 for the patch itself. */
static char *name_of(int number, int reply, const char *subject)
{
	struct buf name = BUF_INIT;
	size_t begin;

	buf_addf(&name, "%04d-", number);
	if (reply)
		buf_addf(&name, "%d-", reply);
	buf_adds(&name, "re-");
	begin = name.len;
	for (; *subject && name.len - begin < SLUG; subject++) {
		unsigned char c = (unsigned char)*subject;

		if (c < 0x80 && isalnum(c))
			buf_addc(&name, (char)tolower(c));
		else if (name.p[name.len - 1] != '-')
			buf_addc(&name, '-');
	}
	while (name.p[name.len - 1] == '-')
		name.len--;
	name.p[name.len] = '\0';
	buf_adds(&name, ".eml");
	return buf_detach(&name);
}

static void add_draft(struct writing *w, const struct mail *m, const struct address *author,
		      char *name, const struct buf *body)
{
	bool other = author && strcasecmp(author->addr, m->msg.from.addr) != 0;
	struct draft d = { name, BUF_INIT };

	reply_header(&d.mail, &m->msg, other ? author : NULL, w->me);
	encode_body(&d.mail, body->p, body->len);
	GROW(w->out->v, w->out->n, w->out->cap);
	w->out->v[w->out->n++] = d;
}

static bool is_subject(const struct note *n)
{
	return n->side == NOTE_CHANGELOG && !n->path && !n->line;
}

static void add_general(struct buf *body, const struct note *n, struct strv *links)
{
	quote_note(body, n, "", false, links);
	buf_addc(body, '\n');
}

/* A patch by itself has no summary: what that would hold goes into its draft. */
static bool has_summary(const struct review *r)
{
	return r->series->has_cover || r->lint->n > 1;
}

static void add_series_notes(struct buf *body, const struct review *r, struct strv *links)
{
	for (size_t i = 0; i < r->notes.n; i++)
		if (r->notes.v[i].patch == NOTE_SERIES && !r->notes.v[i].author)
			add_general(body, &r->notes.v[i], links);
}

/* What is about the patch as a whole comes first, then its subject, then its lines. */
static void add_body(struct buf *body, const struct review *r, const struct mail *m,
		     const struct sheet *s, const struct spot *spots, size_t n)
{
	struct strv links = STRV_INIT;
	bool subject = false;

	if (!has_summary(r))
		add_series_notes(body, r, &links);
	for (size_t i = 0; i < n; i++)
		if (spots[i].line == SHEET_TOP && !is_subject(spots[i].note))
			add_general(body, spots[i].note, &links);
	reply_attribution(body, &m->msg);
	for (size_t i = 0; i < n && spots[i].line == SHEET_TOP; i++) {
		if (!is_subject(spots[i].note))
			continue;
		if (!subject)
			buf_addf(body, "> Subject: %s\n\n", m->msg.subject);
		subject = true;
		add_general(body, spots[i].note, &links);
	}
	quote_sheet(body, s, spots, n, &links);
	quote_links(body, &links);
	strv_release(&links);
}

/* Drop what somebody has said already. */
static size_t keep_new(struct spot *spots, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!spots[i].note->author)
			spots[kept++] = spots[i];
	return kept;
}

/* The new notes, or those that were made already. */
static size_t count_notes(const struct review *r, size_t patch, bool said)
{
	size_t n = 0;

	for (size_t i = 0; i < r->notes.n; i++)
		n += r->notes.v[i].patch == patch && !r->notes.v[i].author == !said;
	return n;
}

static void draft_patch(struct writing *w, size_t i)
{
	const struct series_patch *p = review_patch(w->r, i);
	const struct mail *m = p->missing ? NULL : mail_of(w->r, p);
	struct buf body = BUF_INIT;
	struct spot *spots;
	struct sheet s;
	size_t n;

	if (!m)
		return;
	sheet_init(&s, w->r, i);
	spots = sheet_spots(&s, &w->r->notes, i, &n);
	n = keep_new(spots, n);
	if (n || (!has_summary(w->r) && count_notes(w->r, NOTE_SERIES, false))) {
		add_body(&body, w->r, m, &s, spots, n);
		add_draft(w, m, &p->author, name_of(p->n, 0, p->subject), &body);
	}
	buf_release(&body);
	free(spots);
	sheet_release(&s);
}

static void add_state(struct buf *out, const struct review *r, size_t i)
{
	size_t n = count_notes(r, i, false);

	if (n)
		buf_addf(out, "%zu note%s", n, n == 1 ? "" : "s");
	else if (r->lint->patches[i].state == LINT_MISSING)
		buf_adds(out, "missing");
	else if (!review_applied(r, i))
		buf_adds(out, "not applied");
	else
		buf_adds(out, count_notes(r, i, true) ? "nothing new" : "no notes");
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

static size_t count_said(const struct review *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->notes.n; i++)
		n += r->notes.v[i].author != NULL;
	return n;
}

static void add_summary(struct buf *body, const struct review *r)
{
	struct strv links = STRV_INIT;
	struct buf base = BUF_INIT, title = BUF_INIT;
	size_t said = count_said(r);

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
	add_series_notes(body, r, &links);
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

static void draft_summary(struct writing *w)
{
	const struct series_patch *p = series_first(w->r->series);
	const struct mail *m = p ? mail_of(w->r, p) : NULL;
	struct buf body = BUF_INIT;

	if (!m || !has_summary(w->r) || count_said(w->r) == w->r->notes.n)
		return;
	reply_attribution(&body, &m->msg);
	buf_addf(&body, "> Subject: %s\n\n", m->msg.subject);
	add_summary(&body, w->r);
	add_draft(w, m, &p->author, name_of(0, 0, p->subject), &body);
	buf_release(&body);
}

/* Whether it is the first proposal of its mail; if not, that one has them all. */
static bool is_first(const struct review *r, size_t proposal)
{
	for (size_t i = 0; i < proposal; i++)
		if (!strcmp(r->proposals[i].message_id, r->proposals[proposal].message_id))
			return false;
	return true;
}

/* The notes on what a reply proposes; false when there are none. */
static bool draft_reply(struct writing *w, const struct mail *m, int number, int reply)
{
	struct strv links = STRV_INIT;
	struct buf body = BUF_INIT;
	bool any;

	reply_attribution(&body, &m->msg);
	any = quote_proposals(&body, w->r, &m->msg, &links);
	if (any) {
		quote_links(&body, &links);
		add_draft(w, m, NULL, name_of(number, reply, m->subject.title), &body);
	}
	buf_release(&body);
	strv_release(&links);
	return any;
}

/* Replies to the replies of a patch, or of the cover. */
static void draft_replies(struct writing *w, size_t patch)
{
	int number = patch == NOTE_SERIES ? 0 : w->r->lint->patches[patch].n, reply = 1;

	for (size_t i = 0; i < w->r->n_proposals; i++) {
		const struct proposal *p = &w->r->proposals[i];
		const struct mail *m = thread_find(w->r->thread, p->message_id);

		if (m && p->patch == patch && is_first(w->r, i))
			reply += draft_reply(w, m, number, reply);
	}
}

int review_drafts(const struct review *r, const struct address *me, struct drafts *out,
		  struct err *err)
{
	struct writing w = { r, me, out };

	if (!r->thread)
		return err_set(err, "a range has no mails to reply to; -o is for series that came "
				    "as mails");
	draft_summary(&w);
	draft_replies(&w, NOTE_SERIES);
	for (size_t i = 0; i < r->lint->n; i++) {
		draft_patch(&w, i);
		draft_replies(&w, i);
	}
	return 0;
}

void drafts_mbox(const struct drafts *drafts, struct buf *out)
{
	for (size_t i = 0; i < drafts->n; i++) {
		buf_adds(out, "From icrfix@z Thu Jan  1 00:00:00 1970\n");
		buf_add(out, drafts->v[i].mail.p, drafts->v[i].mail.len);
		buf_addc(out, '\n');
	}
}

void drafts_release(struct drafts *drafts)
{
	for (size_t i = 0; i < drafts->n; i++) {
		free(drafts->v[i].name);
		buf_release(&drafts->v[i].mail);
	}
	free(drafts->v);
	*drafts = (struct drafts)DRAFTS_INIT;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "draft_priv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "mail/encode.h"
#include "mail/reply_all.h"
#include "quote.h"

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

/* A patch by itself has no summary: what that would hold goes into its draft. */
static bool has_summary(const struct review *r)
{
	return r->series->has_cover || r->lint->n > 1;
}

/* What is about the patch as a whole comes first, then its subject, then its lines. */
static void add_body(struct buf *body, const struct review *r, const struct mail *m,
		     const struct sheet *s, const struct spot *spots, size_t n)
{
	struct strv links = STRV_INIT;
	bool subject = false;

	if (!has_summary(r))
		draft_series_notes(body, r, &links);
	for (size_t i = 0; i < n; i++)
		if (spots[i].line == SHEET_TOP && !is_subject(spots[i].note))
			draft_note(body, spots[i].note, &links);
	reply_attribution(body, &m->msg);
	for (size_t i = 0; i < n && spots[i].line == SHEET_TOP; i++) {
		if (!is_subject(spots[i].note))
			continue;
		if (!subject)
			buf_addf(body, "> Subject: %s\n\n", m->msg.subject);
		subject = true;
		draft_note(body, spots[i].note, &links);
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
	if (n || (!has_summary(w->r) && draft_count(w->r, NOTE_SERIES, false))) {
		add_body(&body, w->r, m, &s, spots, n);
		add_draft(w, m, &p->author, name_of(p->n, 0, p->subject), &body);
	}
	buf_release(&body);
	free(spots);
	sheet_release(&s);
}

static void draft_summary(struct writing *w)
{
	const struct series_patch *p = series_first(w->r->series);
	const struct mail *m = p ? mail_of(w->r, p) : NULL;
	struct buf body = BUF_INIT;

	if (!m || !has_summary(w->r) || draft_count_said(w->r) == w->r->notes.n)
		return;
	reply_attribution(&body, &m->msg);
	buf_addf(&body, "> Subject: %s\n\n", m->msg.subject);
	draft_summary_text(&body, w->r);
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

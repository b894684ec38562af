// SPDX-License-Identifier: GPL-2.0-only
#include "reply.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MAX_STEPS 64 /* answers to answers that are followed */

/* The patch (or the cover, 0) of the series that has this Message-ID; -1: none. */
static int number_of(const struct series *s, const char *id)
{
	if (s->has_cover && !strcmp(s->cover.message_id, id))
		return 0;
	for (int n = 0; n < s->expected; n++)
		if (s->patches[n].message_id && !strcmp(s->patches[n].message_id, id))
			return n + 1;
	return -1;
}

/* The patch that a reply's subject names, as far as the series knows its subject. */
static int named(const struct series *s, const struct subject *sub)
{
	const struct series_patch *p;

	if (!sub->reply || !sub->has_counter || sub->n < 0 || sub->n > s->expected ||
	    sub->m != s->expected || sub->revision != s->revision)
		return -1;
	p = sub->n ? &s->patches[sub->n - 1] : &s->cover;
	return p->subject && !strcmp(p->subject, sub->title) ? sub->n : -1;
}

/*
 * The patch or cover that a mail answers, directly or through other replies.
 * Where mails between are missing, subjects tell.  -1: none.
 */
static int answered(const struct series *s, const struct mail *m, int *depth)
{
	bool far = m->parent_far;
	int steps = 1;

	for (const struct mail *p = m->parent; p && steps <= MAX_STEPS; p = p->parent, steps++) {
		int n = number_of(s, p->msg.id);

		if (n >= 0 && !(far && strcmp(p->subject.title, m->subject.title) != 0)) {
			*depth = far ? 0 : steps;
			return n;
		}
		if (n >= 0)
			break;
		if (p->kind == MAIL_PATCH || p->kind == MAIL_COVER)
			return -1;
		far |= p->parent_far;
	}
	*depth = 0;
	return named(s, &m->subject);
}

void replies_find(struct replies *all, const struct thread *t, const struct series *s)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct mail *m = t->v[i];
		int depth, n;

		if (m->kind != MAIL_OTHER || number_of(s, m->msg.id) == 0)
			continue;
		n = answered(s, m, &depth);
		if (n < 0)
			continue;
		GROW(all->v, all->n, all->cap);
		all->v[all->n++] = (struct reply){ m, n, depth };
	}
}

void replies_release(struct replies *all)
{
	free(all->v);
	*all = (struct replies){ NULL, 0, 0 };
}

/* Count and skip quote marks, also such with blanks between them. */
static struct reply_line split_line(struct span line)
{
	struct reply_line out = { line, 0, false };
	struct span s = line;

	for (;;) {
		struct span t = s;

		if (t.n && *t.p == ' ' && out.depth) {
			t.p++;
			t.n--;
		}
		if (!t.n || *t.p != '>')
			break;
		s = (struct span){ t.p + 1, t.n - 1 };
		out.depth++;
	}
	if (out.depth && s.n && *s.p == ' ') {
		s.p++;
		s.n--;
	}
	out.text = s;
	return out;
}

/* The diffs of one mail, which stand side by side. */
static struct embeddeds of_mail(const struct embeddeds *found, const char *id)
{
	struct embeddeds mine = EMBEDDEDS_INIT;

	for (size_t i = 0; i < found->n; i++) {
		if (strcmp(found->v[i].message_id, id) != 0)
			continue;
		if (!mine.n++)
			mine.v = &found->v[i];
	}
	return mine;
}

static bool in_embedded(const struct embeddeds *found, size_t at)
{
	for (size_t i = 0; i < found->n; i++)
		if (at >= found->v[i].start && at < found->v[i].end)
			return true;
	return false;
}

void reply_lines_read(struct reply_lines *lines, const struct message *m,
		      const struct embeddeds *found)
{
	const struct embeddeds mine = of_mail(found, m->id);
	struct span rest = { m->text, m->text_len }, line;
	size_t signature = (size_t)-1;

	while (lines->n < REPLY_MAX_LINES && text_line(&rest, &line)) {
		struct reply_line l = split_line(line);

		l.own = !l.depth && !in_embedded(&mine, (size_t)(line.p - m->text));
		if (l.own && span_is(line, "-- "))
			signature = lines->n;
		GROW(lines->v, lines->n, lines->cap);
		lines->v[lines->n++] = l;
	}
	for (size_t i = signature; i < lines->n; i++)
		lines->v[i].own = false;
}

void reply_lines_release(struct reply_lines *lines)
{
	free(lines->v);
	*lines = (struct reply_lines){ NULL, 0, 0 };
#include <strings.h>
#include <time.h>

#include "base/mem.h"

struct recipients {
	struct addresses to, cc;
};

/* Add one who is neither there nor ME. */
static void add(struct recipients *r, struct addresses *list, const struct address *a,
		const struct address *me)
{
	if (address_is_plain(a->addr) && strcasecmp(a->addr, me->addr) != 0 &&
	    !addresses_have(&r->to, a->addr))
		addresses_add(list, a);
}

static void add_all(struct recipients *r, struct addresses *list, const struct addresses *all,
		    const struct address *me)
{
	for (size_t i = 0; i < all->n; i++)
		add(r, list, &all->v[i], me);
}

static void choose(struct recipients *r, const struct message *m, const struct address *author,
		   const struct address *me)
{
	struct addresses none = ADDRESSES_INIT;

	if (m->followup_to.n) {
		add_all(r, &r->to, &m->followup_to, me);
	} else {
		if (m->reply_to.n)
			add_all(r, &r->to, &m->reply_to, me);
		else
			add(r, &r->to, &m->from, me);
		if (author)
			add(r, &r->to, author, me);
		add_all(r, &r->cc, &m->to, me);
		add_all(r, &r->cc, &m->cc, me);
	}
	if (!r->to.n) {
		r->to = r->cc;
		r->cc = none;
	}
	/* Who answers only themselves does want to. */
	if (!r->to.n)
		addresses_add(&r->to, me);
}

static void add_addresses(struct buf *out, const char *field, const struct addresses *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct address a = { text_visible_dup(all->v[i].name), all->v[i].addr };
		char *text = message_encode_address(&a);

		buf_addf(out, "%s%s%s", i ? "," : field, i ? "\n\t" : ": ", text);
		free(text);
		free(a.name);
	}
	if (all->n)
		buf_addc(out, '\n');
}

static void add_subject(struct buf *out, const struct message *m)
{
	const char *p = m->subject;
	char *subject, *value;

	while (!strncasecmp(p, "Re:", 3))
		p += 3 + strspn(p + 3, " ");
	subject = xasprintf("Re: %s", p);
	value = message_encode("Subject", subject);
	buf_addf(out, "Subject: %s\n", value);
	free(value);
	free(subject);
}

/* The mail's own References, else what it answers, and then the mail. */
static void add_references(struct buf *out, const struct message *m)
{
	if (!m->id[0])
		return;
	buf_addf(out, "In-Reply-To: <%s>\nReferences:", m->id);
	for (size_t i = 0; i < m->references.n; i++)
		if (strcmp(m->references.v[i], m->id) != 0)
			buf_addf(out, " <%s>\n", m->references.v[i]);
	if (!m->references.n && m->in_reply_to[0])
		buf_addf(out, " <%s>\n", m->in_reply_to);
	buf_addf(out, " <%s>\n", m->id);
}

void reply_header(struct buf *out, const struct message *m, const struct address *author,
		  const struct address *me)
{
	struct recipients r = { ADDRESSES_INIT, ADDRESSES_INIT };
	struct addresses from = { (struct address *)(uintptr_t)me, 1, 1 };

	choose(&r, m, author, me);
	add_addresses(out, "From", &from);
	add_addresses(out, "To", &r.to);
	add_addresses(out, "Cc", &r.cc);
	add_subject(out, m);
	add_references(out, m);
	addresses_release(&r.to);
	addresses_release(&r.cc);
}

void reply_attribution(struct buf *out, const struct message *m)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t local = (time_t)(m->date + (long long)m->tz * 60);
	const char *who = m->from.name[0] ? m->from.name : m->from.addr;
	struct tm tm;

	if (m->has_date && gmtime_r(&local, &tm))
		buf_addf(out, "On %.3s, %.3s %02d, %d, ", days + 3 * tm.tm_wday,
			 months + 3 * tm.tm_mon, tm.tm_mday, tm.tm_year + 1900);
	text_visible(out, who, strlen(who), false);
	buf_adds(out, " wrote:\n");
}

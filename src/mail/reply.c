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
}

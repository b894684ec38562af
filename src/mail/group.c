// SPDX-License-Identifier: GPL-2.0-only
#include "group.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define DAY (24 * 3600)
#define MAX_STEPS 64 /* answers to answers that are followed */
#define MAX_GROUPS 1000

/* A patch without a version in the thread of a cover letter that has one. */
static int revision_of(const struct mail *m)
{
	const struct mail *p = m->parent;

	if (!m->subject.has_revision && p && p->kind == MAIL_COVER && m->subject.has_counter &&
	    p->subject.m == m->subject.m)
		return p->subject.revision;
	return m->subject.revision;
}

bool group_has(const struct group *g, const struct mail *m)
{
	int n = m->subject.n;

	if (g->cover == m)
		return true;
	return n >= 1 && n <= g->m && (size_t)n <= g->cap && g->patches[n - 1] == m;
}

/* Whether M answers a mail of the group directly or through others. */
static bool below(const struct group *g, const struct mail *m)
{
	int steps = 0;

	for (m = m->parent; m && steps++ < MAX_STEPS; m = m->parent)
		if (group_has(g, m))
			return true;
	return false;
}

static bool same_sender(const struct mail *a, const struct mail *b)
{
	return address_same(a->msg.from.addr, b->msg.from.addr) ||
	       !strcasecmp(a->msg.from.addr, b->msg.from.addr);
}

/* Both answer the same mail, which is not here: the cover letter. */
static bool siblings(const struct mail *a, const struct mail *b)
{
	return a->msg.in_reply_to[0] && !strcmp(a->msg.in_reply_to, b->msg.in_reply_to);
}

/* Whether M is answered by the group's first mail directly or through others. */
static bool above(const struct group *g, const struct mail *m)
{
	int steps = 0;

	for (const struct mail *p = g->first->parent; p && steps++ < MAX_STEPS; p = p->parent)
		if (p == m)
			return true;
	return false;
}

/* As git format-patch wrote it: sender and date are the commit's. */
static bool unsent(const struct mail *m)
{
	return !m->msg.id[0];
}

static bool near(const struct mail *a, const struct mail *b)
{
	return (unsent(a) && unsent(b)) ||
	       (llabs(a->msg.date - b->msg.date) < 3 * DAY && same_sender(a, b));
}

static bool has_slot(const struct group *g, const struct mail *m)
{
	int n = m->subject.n;

	if (!n)
		return !g->cover;
	return (size_t)n > g->cap || !g->patches[n - 1];
}

static const struct mail *in_slot(const struct group *g, const struct mail *m)
{
	return m->subject.n ? g->patches[m->subject.n - 1] : g->cover;
}

/* Whether a mail goes into a group.  Threads tell; without them sender and date. */
static bool fits(const struct group *g, const struct mail *m)
{
	const struct subject *s = &m->subject;

	if (g->revision != revision_of(m) || g->counted != s->has_counter ||
	    (g->m != s->m && !(s->n > s->m && s->n > g->m)) || g->resend != s->resend)
		return false;
	if (!s->has_counter)
		return false;
	if (!has_slot(g, m))
		return below(g, m) && same_sender(g->first, m) &&
		       !strcmp(in_slot(g, m)->subject.title, s->title);
	return below(g, m) || above(g, m) || siblings(g->first, m) || near(g->first, m);
}

static void put(struct group *g, const struct mail *m)
{
	size_t n = (size_t)m->subject.n;

	if (m->msg.date > g->date)
		g->date = m->msg.date;
	if (!n) {
		g->cover = m;
		return;
	}
	if (n > g->cap) {
		size_t cap = n < (size_t)g->m ? (size_t)g->m : n;

		g->patches = xreallocarray(g->patches, cap, sizeof(*g->patches));
		while (g->cap < cap)
			g->patches[g->cap++] = NULL;
	}
	if ((int)n > g->m)
		g->m = (int)n;
	g->found += !g->patches[n - 1];
	g->patches[n - 1] = m;
}

static void add(struct groups *all, const struct mail *m)
{
	const struct subject *s = &m->subject;
	struct group *g;

	for (size_t i = all->n; i--;) {
		if (fits(&all->v[i], m)) {
			put(&all->v[i], m);
			return;
		}
	}
	if (all->n >= MAX_GROUPS)
		return;
	GROW(all->v, all->n, all->cap);
	g = &all->v[all->n++];
	*g = (struct group){ .revision = revision_of(m),
			     .m = s->m > 0 ? s->m : 1,
			     .first = m,
			     .counted = s->has_counter,
			     .resend = s->resend,
			     .date = m->msg.date };
	put(g, m);
}

/* A patch's parent that has a diffstat and no diff is a cover without 0/m. */
static void find_cover(struct group *g)
{
	for (int n = 0; !g->cover && n < g->m && (size_t)n < g->cap; n++) {
		const struct mail *p = g->patches[n] ? g->patches[n]->parent : NULL;

		if (p && p->kind == MAIL_OTHER && !p->subject.reply && p->patch.diffstat &&
		    !p->patch.diff && same_sender(p, g->patches[n]))
			g->cover = p;
	}
}

void groups_find(struct groups *all, const struct thread *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->kind == MAIL_PATCH || t->v[i]->kind == MAIL_COVER)
			add(all, t->v[i]);
	for (size_t i = 0; i < all->n; i++) {
		struct group *g = &all->v[i];

		if ((size_t)g->m > g->cap) {
			g->patches = xreallocarray(g->patches, (size_t)g->m, sizeof(*g->patches));
			while (g->cap < (size_t)g->m)
				g->patches[g->cap++] = NULL;
		}
		find_cover(g);
	}
}

/* A reply whose patch is not here: its subject says which posting it means. */
static bool names_group(const struct group *g, const struct mail *m)
{
	const struct subject *s = &m->subject;

	return s->reply && s->has_counter && s->revision == g->revision && s->m == g->m &&
	       g->counted;
}

struct group *groups_of(const struct groups *all, const struct mail *m)
{
	int steps = 0;

	for (const struct mail *p = m; p && steps++ < MAX_STEPS; p = p->parent)
		for (size_t i = all->n; i--;)
			if (group_has(&all->v[i], p))
				return &all->v[i];
	for (size_t i = all->n; i--;)
		if (names_group(&all->v[i], m))
			return &all->v[i];
	return NULL;
}

/* The patch that a reply's subject names, as far as it is here. */
static const struct mail *named(const struct group *g, const struct mail *m)
{
	const struct subject *s = &m->subject;
	const struct mail *p;

	if (!names_group(g, m) || s->n > g->m)
		return NULL;
	p = s->n ? g->patches[s->n - 1] : g->cover;
	return p && !strcmp(p->subject.title, s->title) ? p : NULL;
}

const struct mail *group_answered(const struct group *g, const struct mail *m)
{
	bool far = m->parent_far;
	int steps = 0;

	for (const struct mail *p = m->parent; p && steps++ < MAX_STEPS; p = p->parent) {
		if (group_has(g, p)) {
			if (far && strcmp(p->subject.title, m->subject.title))
				return named(g, m);
			return p;
		}
		if (p->kind == MAIL_PATCH || p->kind == MAIL_COVER)
			return NULL;
		far |= p->parent_far;
	}
	return named(g, m);
}

const char *group_title(const struct group *g)
{
	if (g->cover)
		return g->cover->subject.title;
	for (int n = 0; n < g->m; n++)
		if (g->patches[n])
			return g->patches[n]->subject.title;
	return g->first->subject.title;
}

static bool same_change(const struct group *a, const struct group *b)
{
	const char *x = a->first->patch.change_id, *y = b->first->patch.change_id;

	return x && y && !strcmp(x, y);
}

static bool share_patch(const struct group *a, const struct group *b)
{
	if ((long)a->m * b->m > 40000)
		return false;
	for (int i = 0; i < a->m; i++)
		for (int k = 0; k < b->m; k++)
			if (a->patches[i] && b->patches[k] &&
			    !strcmp(a->patches[i]->subject.title, b->patches[k]->subject.title))
				return true;
	return false;
}

bool group_related(const struct group *a, const struct group *b)
{
	if (a == b || same_change(a, b))
		return true;
	if (!same_sender(a->first, b->first))
		return false;
	return !strcasecmp(group_title(a), group_title(b)) || below(a, b->first) ||
	       below(b, a->first) || siblings(a->first, b->first) || share_patch(a, b);
}

void groups_release(struct groups *all)
{
	for (size_t i = 0; i < all->n; i++)
		free(all->v[i].patches);
	free(all->v);
	*all = (struct groups)GROUPS_INIT;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "posting.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "mail/follow.h"
#include "mail/group.h"
#include "tree/repo.h"

static void add_id(struct strv *ids, const char *id)
{
	if (id && *id && !strv_has(ids, id))
		strv_add(ids, id);
}

static void add_group(struct strv *ids, const struct group *g)
{
	if (g->cover)
		add_id(ids, g->cover->msg.id);
	for (int n = 0; n < g->m; n++)
		if (g->patches[n])
			add_id(ids, g->patches[n]->msg.id);
}

/*
 * The mails of this revision: those of the group that the mail at hand is in,
 * and those that were taken, which a resend may have brought.  Of a partial
 * reroll the patches that it leaves alone belong to the older revision.
 */
static void find_mails(struct posting *p, const struct group *g, const char *message_id)
{
	const struct series *s = &p->series;
	struct strv *ids = &p->key.mails;

	if (s->has_cover && s->cover.revision == s->revision)
		add_id(ids, s->cover.message_id);
	for (int n = 0; n < s->expected; n++)
		if (!s->patches[n].missing && s->patches[n].revision == s->revision)
			add_id(ids, s->patches[n].message_id);
	add_group(ids, g);
	add_id(ids, message_id);
}

static void find_kin(struct posting *p, const struct groups *groups, const struct group *g)
{
	for (size_t i = 0; i < groups->n; i++)
		if (&groups->v[i] != g && groups->v[i].revision != g->revision &&
		    group_related(g, &groups->v[i]))
			add_group(&p->key.kin, &groups->v[i]);
}

/* "KIND\nTEXT\nADDRESS", in lower case but for other alphabets. */
static void add_name(struct strv *names, const char *kind, const char *text, const char *addr)
{
	char *name = xasprintf("%s\n%s\n%s", kind, text, addr);

	for (char *c = name; *c; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
	if (strv_has(names, name))
		free(name);
	else
		strv_take(names, name);
}

static void find_names(struct posting *p)
{
	const struct series *s = &p->series;
	const char *addr = series_first(s)->sender.addr;

	if (s->change_id)
		add_name(&p->key.names, "change-id", s->change_id, "");
	add_name(&p->key.names, "title", s->title, addr);
	for (int n = 0; n < s->expected; n++)
		if (!s->patches[n].missing)
			add_name(&p->key.likenesses, "patch", s->patches[n].subject, addr);
}

static void find_digest(struct posting *p)
{
	struct buf text = BUF_INIT;

	for (int n = 0; n < p->series.expected; n++) {
		const struct series_patch *sp = &p->series.patches[n];

		buf_addf(&text, "%d %zu\n", n, sp->diff_len);
		if (sp->diff)
			buf_add(&text, sp->diff, sp->diff_len);
	}
	blob_id(text.p ? text.p : "", text.len, p->key.digest);
	buf_release(&text);
}

static int build(struct posting *p, const char *message_id, struct err *err)
{
	struct groups groups = GROUPS_INIT;
	const struct mail *m;
	struct group *g;
	int rc = 0;

	series_release(&p->series);
	watch_posting_release(&p->key);
	thread_link(&p->thread);
	m = thread_find(&p->thread, message_id);
	if (!m)
		return err_set(err, "the archive's thread does not hold the mail %s", message_id);
	groups_find(&groups, &p->thread);
	g = groups_of(&groups, m);
	if (g) {
		struct series_options opt = { message_id, g->revision };

		rc = g->found ? series_build(&p->series, &p->thread, &opt, err) : 0;
	}
	if (!rc && p->series.found) {
		p->key.revision = p->series.revision;
		p->key.complete = !series_incomplete(&p->series);
		find_mails(p, g, message_id);
		find_kin(p, &groups, g);
		find_names(p);
		find_digest(p);
	}
	groups_release(&groups);
	return rc;
}

int posting_read(struct posting *p, struct origin *origin, const char *message_id, struct err *err)
{
	*p = (struct posting){ THREAD_INIT, SERIES_INIT, { .revision = 0 } };
	if (origin_thread(origin, message_id, &p->thread, err) || build(p, message_id, err))
		return -1;
	if (p->series.unthreaded && follow_unthreaded(origin, &p->series, &p->thread) > 0)
		return build(p, message_id, err);
	return 0;
}

void posting_release(struct posting *p)
{
	watch_posting_release(&p->key);
	series_release(&p->series);
	thread_release(&p->thread);
}

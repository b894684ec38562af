// SPDX-License-Identifier: GPL-2.0-only
#include "series.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "group.h"

/* While a series is put together. */
struct build {
	struct series *s;
	const struct thread *t;
	struct groups groups;
	struct group *group; /* the posting taken */
};

static void warn(struct series *s, char *text)
{
	strv_take(&s->warnings, text);
}

static char *dup_or_null(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

static char *prefix_of(const struct subject *s)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "");
	for (size_t i = 0; i < s->words.n; i++)
		buf_addf(&out, "%s%s", i ? " " : "", s->words.v[i]);
	if (!s->words.n)
		buf_adds(&out, "PATCH");
	return buf_detach(&out);
}

static void copy_address(struct address *to, const struct address *from)
{
	address_release(to);
	to->name = xstrdup(from->name);
	to->addr = xstrdup(from->addr);
}

/* The author, subject and date that stand in the body win, as in git am. */
static void apply_in_body(struct series_patch *p, const struct patch *from)
{
	struct subject s;

	if (from->from && strchr(from->from, '@'))
		address_parse(&p->author, (struct span){ from->from, strlen(from->from) });
	if (from->date)
		message_parse_date(from->date, &p->date, &p->tz);
	if (!from->subject)
		return;
	subject_parse(&s, from->subject);
	if (s.title[0]) {
		free(p->subject);
		p->subject = text_visible_dup(s.title);
	}
	subject_release(&s);
}

static void copy_patch(struct series_patch *p, const struct mail *m, int n, int expected)
{
	size_t body;

	*p = (struct series_patch){
		.n = n,
		.m = expected,
		.revision = m->subject.revision,
		.subject = xstrdup(m->subject.title),
		.prefix = prefix_of(&m->subject),
		.message_id = xstrdup(m->msg.id),
		.date = m->msg.date,
		.tz = m->msg.tz,
		.changelog = xstrdup(m->patch.changelog),
		.notes = xstrdup(m->patch.notes),
		.diff = m->patch.diff ? bytes_dup(m->patch.diff, m->patch.diff_len) : NULL,
		.diff_len = m->patch.diff_len,
		.files = m->patch.files,
		.damage = dup_or_null(m->patch.damage),
		.bad_charset = m->msg.bad_charset,
	};
	copy_address(&p->author, &m->msg.from);
	copy_address(&p->sender, &m->msg.from);
	apply_in_body(p, &m->patch);
	trailers_of_changelog(&p->own, p->changelog, &body);
}

/* What replies tell of a patch that is not here. */
static void fill_missing(const struct build *b, struct series_patch *p, int n)
{
	const struct group *g = b->group;

	*p = (struct series_patch){ .n = n, .m = g->m, .missing = true };
	for (size_t i = 0; i < b->t->n && !p->subject; i++) {
		const struct mail *m = b->t->v[i];

		if (!m->subject.reply || !m->subject.has_counter || m->subject.n != n ||
		    m->subject.m != g->m || m->subject.revision != g->revision)
			continue;
		p->subject = xstrdup(m->subject.title);
		if (m->msg.in_reply_to[0] && !thread_find(b->t, m->msg.in_reply_to))
			p->message_id = xstrdup(m->msg.in_reply_to);
	}
}

/* "3", "1-2, 4": the patches that are not here. */
static char *missing_list(const struct series *s)
{
	struct buf out = BUF_INIT;

	for (int i = 0; i < s->expected; i++)
		if (s->patches[i].missing)
			buf_addf(&out, "%s%d/%d%s%s%s", out.len ? ", " : "", i + 1, s->expected,
				 s->patches[i].subject ? " (" : "",
				 s->patches[i].subject ? s->patches[i].subject : "",
				 s->patches[i].subject ? ")" : "");
	return buf_detach(&out);
}

static bool newer(const struct group *a, const struct group *b)
{
	if (a->revision != b->revision)
		return a->revision > b->revision;
	return a->date > b->date;
}

/* The newest revision of the series that HOME is a posting of. */
static struct group *newest(const struct build *b, const struct group *home, int revision,
			    struct group **latest)
{
	struct group *best = NULL;

	*latest = NULL;
	for (size_t i = 0; i < b->groups.n; i++) {
		struct group *g = &b->groups.v[i];

		if (!g->found || !group_related(home, g))
			continue;
		if (!*latest || g->date > (*latest)->date)
			*latest = g;
		if ((!revision || g->revision == revision) && (!best || newer(g, best)))
			best = g;
	}
	return best;
}

static char *revisions(const struct build *b, const struct group *home)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "");
	for (int r = 0; r < 10000; r++) {
		bool has = false;

		for (size_t i = 0; i < b->groups.n; i++)
			has |= b->groups.v[i].revision == r && b->groups.v[i].found &&
			       group_related(home, &b->groups.v[i]);
		if (has)
			buf_addf(&out, "%sv%d", out.len ? ", " : "", r);
	}
	return buf_detach(&out);
}

/* The posting to begin with: the wanted mail's, else the newest in the heap. */
static struct group *home_of(const struct build *b, const struct series_options *opt)
{
	const struct mail *m = opt->message_id ? thread_find(b->t, opt->message_id) : NULL;
	struct group *g = m ? groups_of(&b->groups, m) : NULL, *best = NULL;
	size_t others = 0;

	if (g)
		return g;
	for (size_t i = 0; i < b->groups.n; i++)
		if (b->groups.v[i].found && (!best || b->groups.v[i].date > best->date))
			best = &b->groups.v[i];
	for (size_t i = 0; best && i < b->groups.n; i++)
		others += b->groups.v[i].found && !group_related(best, &b->groups.v[i]);
	if (others)
		warn(b->s, xasprintf("this is the newest of %zu postings here (--id MSGID takes "
				     "another)",
				     others + 1));
	return best;
}

static int choose(struct build *b, const struct series_options *opt, struct err *err)
{
	struct group *home = home_of(b, opt), *latest;
	char *have, *day;

	if (!home)
		return 0;
	b->group = newest(b, home, opt->revision, &latest);
	if (!b->group && opt->revision) {
		have = revisions(b, home);
		err_status(err, STATUS_FINDINGS, "no patches of v%d here; there are: %s",
			   opt->revision, *have ? have : "none");
		free(have);
		return -1;
	}
	if (!b->group)
		b->group = home;
	if (!opt->revision && latest && latest->revision != b->group->revision) {
		day = message_date(latest->date, 0);
		warn(b->s, xasprintf("v%d is the highest revision and taken, but v%d was sent "
				     "later (%s)",
				     b->group->revision, latest->revision, day));
		free(day);
	}
	return 0;
}

/*
 * Whether the posting only replaces some patches of an older one: each answers
 * the patch with the same n/m.  Returns the older posting, else NULL.
 */
static struct group *rerolled(const struct build *b)
{
	struct group *g = b->group, *old = NULL;

	if (g->revision <= 1 || g->cover || g->found >= g->m)
		return NULL;
	for (int n = 0; n < g->m; n++) {
		const struct mail *p = g->patches[n] ? g->patches[n]->parent : NULL;
		struct group *of = NULL;

		for (; p && !of; p = p->parent)
			if (p->kind == MAIL_PATCH && p->subject.n == n + 1 && p->subject.m == g->m)
				of = groups_of(&b->groups, p);
		if (g->patches[n] && !of)
			return NULL;
		if (of && (!old || of->revision > old->revision))
			old = of;
	}
	return old != g ? old : NULL;
}

static const struct mail *slot(const struct group *g, int n)
{
	return g && n < g->m ? g->patches[n] : NULL;
}

/* The newest posting of patch n+1 in the older revisions of a partial reroll. */
static const struct mail *older_slot(const struct build *b, const struct group *old, int n)
{
	const struct mail *best = slot(old, n);

	for (size_t i = 0; i < b->groups.n && !best; i++) {
		const struct group *g = &b->groups.v[i];

		if (g->revision < old->revision && g->m == old->m && group_related(old, g))
			best = slot(g, n);
	}
	return best;
}

static void fill_patches(struct build *b)
{
	struct series *s = b->s;
	struct group *g = b->group, *old = rerolled(b);

	s->revision = g->revision;
	s->expected = g->m;
	s->patches = xcalloc((size_t)g->m, sizeof(*s->patches));
	for (int n = 0; n < g->m; n++) {
		const struct mail *m = g->patches[n];

		if (!m && old) {
			m = older_slot(b, old, n);
			g->patches[n] = m;
		}
		if (m)
			copy_patch(&s->patches[n], m, n + 1, g->m);
		else
			fill_missing(b, &s->patches[n], n + 1);
		s->found += m != NULL;
	}
	if (old)
		warn(s, xasprintf("v%d is a partial reroll: what it does not replace is from older "
				  "revisions",
				  g->revision));
	if (!g->cover && old)
		g->cover = old->cover;
	if (g->cover) {
		s->has_cover = true;
		copy_patch(&s->cover, g->cover, 0, g->m);
	}
	s->title = xstrdup(group_title(g));
}

static void copy_information(struct series *s, const struct mail *m)
{
	const struct patch *p = m ? &m->patch : NULL;

	if (!p)
		return;
	if (!s->base_commit)
		s->base_commit = dup_or_null(p->base_commit);
	if (!s->change_id)
		s->change_id = dup_or_null(p->change_id);
	for (size_t i = 0; i < p->prerequisites.n; i++)
		if (!strv_has(&s->prerequisites, p->prerequisites.v[i]))
			strv_add(&s->prerequisites, p->prerequisites.v[i]);
}

static void refuse(struct series *s, const struct trailer *t, const char *id, const char *reason)
{
	GROW(s->refused, s->n_refused, s->cap_refused);
	s->refused[s->n_refused++] =
		(struct refused){ { xstrdup(t->name), xstrdup(t->value), dup_or_null(t->extra) },
				  xstrdup(id),
				  xstrdup(reason) };
}

static void take(struct series_patch *p, const struct trailer *t)
{
	if (!p->missing && !trailers_have(&p->own, t) && !trailers_have(&p->taken, t))
		trailers_add(&p->taken, t->name, t->value, t->extra);
}

/* Give a reply's trailers to the patch it answers; to all when it is the cover. */
static void give(struct series *s, const struct mail *reply, const struct mail *to,
		 const struct trailers *all, bool with_diff)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct trailer *t = &all->v[i];
		const char *reason = trailer_refusal(t, &reply->msg.from);

		if (!reason && with_diff && !strcasecmp(t->name, "Signed-off-by"))
			reason = "it belongs to the diff in the mail";
		if (!reason && !to)
			reason = "the patch it answers is not here";
		if (reason) {
			refuse(s, t, reply->msg.id, reason);
			continue;
		}
		for (int n = 0; n < s->expected; n++) {
			struct series_patch *p = &s->patches[n];

			if (to->kind != MAIL_PATCH ||
			    (!p->missing && !strcmp(p->message_id, to->msg.id)))
				take(p, t);
		}
	}
}

/* The text of a mail without the diffs and patches in it. */
static void own_text(struct buf *out, const struct mail *m, const struct embeddeds *e, size_t from)
{
	size_t at = 0;

	buf_adds(out, "");
	for (size_t i = from; i < e->n; i++) {
		if (e->v[i].start > at)
			buf_add(out, m->msg.text + at, e->v[i].start - at);
		buf_addc(out, '\n');
		at = e->v[i].end;
	}
	if (m->msg.text_len > at)
		buf_add(out, m->msg.text + at, m->msg.text_len - at);
}

static void look_at_reply(struct build *b, const struct mail *m)
{
	struct series *s = b->s;
	const struct mail *to = b->group ? group_answered(b->group, m) : NULL;
	struct group *of = b->group ? groups_of(&b->groups, m) : NULL;
	struct trailers all = TRAILERS_INIT;
	struct buf text = BUF_INIT;
	size_t before = s->embedded.n;

	if (of && of != b->group && !to)
		return;
	embedded_find(&s->embedded, &m->msg, &s->warnings);
	if (b->group && (to || of)) {
		own_text(&text, m, &s->embedded, before);
		trailers_of_reply(&all, (struct span){ text.p, text.len });
		give(s, m, to, &all, s->embedded.n > before);
	}
	trailers_release(&all);
	buf_release(&text);
}

static void look_at_replies(struct build *b)
{
	for (size_t i = 0; i < b->t->n; i++) {
		const struct mail *m = b->t->v[i];

		if (m->kind == MAIL_OTHER && (!b->group || m != b->group->cover))
			look_at_reply(b, m);
	}
}

static void notes(struct build *b)
{
	struct series *s = b->s;
	char *list;

	if (b->t->left_out)
		warn(s, xasprintf("%zu AUTOSEL or stable-review mails left out", b->t->left_out));
	if (s->found < s->expected) {
		list = missing_list(s);
		warn(s, xasprintf("incomplete, missing: %s", list));
		free(list);
	}
	for (int n = 0; n < s->expected; n++) {
		const struct series_patch *p = &s->patches[n];

		if (p->damage)
			warn(s, xasprintf("%d/%d: %s", n + 1, s->expected, p->damage));
		if (p->bad_charset)
			warn(s, xasprintf("%d/%d: not all of the mail could be converted to UTF-8",
					  n + 1, s->expected));
	}
}

/* Patches that were sent one by one: the others may be in threads of their own. */
static bool is_unthreaded(const struct group *g)
{
	if (g->cover || !g->counted)
		return false;
	for (int n = 0; n < g->m; n++)
		if (g->patches[n] && g->patches[n]->msg.in_reply_to[0])
			return false;
	return true;
}

int series_build(struct series *s, const struct thread *t, const struct series_options *opt,
		 struct err *err)
{
	struct build b = { .s = s, .t = t, .groups = GROUPS_INIT };
	int rc;

	groups_find(&b.groups, t);
	rc = choose(&b, opt, err);
	if (!rc) {
		if (b.group)
			fill_patches(&b);
		look_at_replies(&b);
		if (b.group) {
			copy_information(s, b.group->cover);
			for (int n = 0; n < b.group->m; n++)
				copy_information(s, b.group->patches[n]);
		}
		notes(&b);
		s->unthreaded = b.group && s->found < s->expected && is_unthreaded(b.group);
	}
	groups_release(&b.groups);
	return rc;
}

int series_older(const struct series *s, const struct thread *t)
{
	const struct series_patch *first = series_first(s);
	const struct mail *m = first ? thread_find(t, first->message_id) : NULL;
	struct groups groups = GROUPS_INIT;
	const struct group *home;
	int best = 0;

	groups_find(&groups, t);
	home = m ? groups_of(&groups, m) : NULL;
	for (size_t i = 0; home && i < groups.n; i++) {
		const struct group *g = &groups.v[i];

		if (g->found && g->revision < s->revision && g->revision > best &&
		    group_related(home, g))
			best = g->revision;
	}
	groups_release(&groups);
	return best;
}

bool series_incomplete(const struct series *s)
{
	return !s->found || s->found < s->expected;
}

static void patch_free(struct series_patch *p)
{
	free(p->subject);
	free(p->prefix);
	free(p->message_id);
	address_release(&p->author);
	address_release(&p->sender);
	free(p->changelog);
	trailers_release(&p->own);
	trailers_release(&p->taken);
	free(p->notes);
	free(p->diff);
	free(p->damage);
}

void series_release(struct series *s)
{
	free(s->title);
	patch_free(&s->cover);
	for (int n = 0; s->patches && n < s->expected; n++)
		patch_free(&s->patches[n]);
	free(s->patches);
	embeddeds_release(&s->embedded);
	for (size_t i = 0; i < s->n_refused; i++) {
		free(s->refused[i].trailer.name);
		free(s->refused[i].trailer.value);
		free(s->refused[i].trailer.extra);
		free(s->refused[i].message_id);
		free(s->refused[i].reason);
	}
	free(s->refused);
	strv_release(&s->warnings);
	free(s->base_commit);
	free(s->change_id);
	strv_release(&s->prerequisites);
	*s = (struct series)SERIES_INIT;
}

const struct series_patch *series_first(const struct series *s)
{
	if (s->has_cover)
		return &s->cover;
	for (int n = 0; n < s->expected; n++)
		if (!s->patches[n].missing)
			return &s->patches[n];
	return NULL;
}

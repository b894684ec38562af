// SPDX-License-Identifier: GPL-2.0-only
#include "thread.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "id_table.h"
#include "mbox.h"

#define MAX_DEPTH 2000 /* answers to answers; deeper ones stand alone */

static void mail_free(struct mail *m)
{
	message_release(&m->msg);
	subject_release(&m->subject);
	patch_release(&m->patch);
	free(m);
}

/* "6.1" or "5.10.y", as the stable trees' prefixes have it. */
static bool is_version(const char *w)
{
	size_t a = strspn(w, "0123456789");

	return a && w[a] == '.' && strspn(w + a + 1, "0123456789") == strlen(w + a + 1) && w[a + 1];
}

/* The changelog begins with the line that the stable scripts write. */
static bool has_upstream_line(const char *log)
{
	if (!strncmp(log, "commit ", 7))
		return strspn(log + 7, "0123456789abcdef") == 40 &&
		       !strncmp(log + 47, " upstream", 9);
	return !strncasecmp(log, "[ Upstream commit ", 18);
}

/* "5.10-stable review patch.  If anyone has any objections, please let me know." */
static bool has_review_line(const char *log)
{
	const char *nl = strchr(log, '\n');
	size_t n = nl ? (size_t)(nl - log) : strlen(log);

	return memmem(log, n, "-stable review patch", 20) != NULL;
}

/*
 * Mails of the stable maintainers' review rounds, which are no series of
 * their author.  Not all copies still have their X-stable: field; then it is
 * the bare version as prefix, the upstream line and quilt that give them away.
 */
static bool is_left_out(const struct mail *m)
{
	bool version = false;

	if (m->msg.stable_review || m->msg.patchwork_ignore || m->subject.autosel)
		return true;
	for (size_t i = 0; i < m->subject.words.n; i++)
		version |= is_version(m->subject.words.v[i]);
	if (!m->patch.changelog || m->subject.reply)
		return false;
	if (has_review_line(m->patch.changelog))
		return true;
	return version && has_upstream_line(m->patch.changelog) &&
	       (!strncmp(m->msg.agent, "quilt/", 6) ||
		addresses_have(&m->msg.to, "patches@lists.linux.dev") ||
		addresses_have(&m->msg.cc, "patches@lists.linux.dev"));
}

static enum mail_kind kind_of(const struct mail *m, bool with_left_out)
{
	if (!with_left_out && is_left_out(m))
		return MAIL_LEFT_OUT;
	if (m->subject.reply)
		return MAIL_OTHER;
	if (m->subject.has_counter && !m->subject.n)
		return MAIL_COVER;
	/* A mail that only shows a patch (a FAILED notice) is none. */
	if (m->patch.diff && (m->subject.words.n || !m->msg.in_reply_to[0]) &&
	    strncmp(m->msg.subject, "FAILED: patch", 13))
		return MAIL_PATCH;
	return MAIL_OTHER;
}

void thread_take_left_out(struct thread *t)
{
	for (size_t i = 0; i < t->n; i++)
		t->v[i]->kind = kind_of(t->v[i], true);
}

/* Lists may add footers: which copy of a mail is the better one, 0 is best. */
static int list_rank(const char *list_id)
{
	static const char *const ends[] = { ".feeds.kernel.org", ".linux.dev", ".kernel.org" };
	size_t n = strlen(list_id);

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		size_t k = strlen(ends[i]);

		if (n > k && !strcasecmp(list_id + n - k, ends[i]))
			return (int)i;
	}
	return ARRAY_SIZE(ends);
}

static struct mail *parse(const char *p, size_t n, struct err *err)
{
	struct mail *m = xcalloc(1, sizeof(*m));

	if (message_parse(&m->msg, p, n, err)) {
		free(m);
		return NULL;
	}
	subject_parse(&m->subject, m->msg.subject);
	patch_split(&m->patch, m->msg.text, m->msg.text_len, m->msg.attached);
	m->kind = kind_of(m, false);
	return m;
}

/* Put the better copy in the place of the other; false when M is the worse. */
static bool replace(struct thread *t, struct mail *old, struct mail *m)
{
	t->duplicates++;
	if (list_rank(m->msg.list_id) >= list_rank(old->msg.list_id))
		return false;
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i] == old)
			t->v[i] = m;
	mail_free(old);
	return true;
}

int thread_add(struct thread *t, const char *p, size_t n, struct err *err)
{
	struct mail *m, *old;

	if (t->n >= THREAD_MAX_MAILS)
		return err_set(err, "more than %d mails", THREAD_MAX_MAILS);
	m = parse(p, n, err);
	if (!m)
		return -1;
	if (!t->ids)
		t->ids = id_table_new();
	old = m->msg.id[0] ? id_table_mail(t->ids, m->msg.id) : NULL;
	if (old && !replace(t, old, m)) {
		mail_free(m);
		return 0;
	}
	if (m->msg.id[0])
		id_table_set_mail(t->ids, id_table_add(t->ids, m->msg.id), m);
	if (old)
		return 0;
	GROW(t->v, t->n, t->cap);
	t->v[t->n++] = m;
	return 0;
}

static int add_one(void *ctx, const char *p, size_t n, struct err *err)
{
	struct thread *t = ctx;

	if (t->n >= THREAD_MAX_MAILS)
		return err_set(err, "more than %d mails", THREAD_MAX_MAILS);
	if (thread_add(t, p, n, err))
		err_release(err);
	return 0;
}

int thread_add_mbox(struct thread *t, const char *p, size_t n, struct err *err)
{
	return mbox_each(p, n, add_one, t, err);
}

struct mail *thread_find(const struct thread *t, const char *message_id)
{
	return t->ids && *message_id ? id_table_mail(t->ids, message_id) : NULL;
}

static int by_date(const void *a, const void *b)
{
	const struct mail *x = *(struct mail *const *)a, *y = *(struct mail *const *)b;

	if (x->msg.date != y->msg.date)
		return x->msg.date < y->msg.date ? -1 : 1;
	if (x->subject.n != y->subject.n)
		return x->subject.n < y->subject.n ? -1 : 1;
	return strcmp(x->msg.id, y->msg.id);
}

/* Whether B is above A, so that B must not become A's child. */
static bool is_above(const struct mail *b, const struct mail *a)
{
	size_t steps = 0;

	for (; a && steps < MAX_DEPTH; a = a->parent, steps++)
		if (a == b)
			return true;
	return steps >= MAX_DEPTH;
}

static void find_parent(struct thread *t, struct mail *m)
{
	struct mail *p = thread_find(t, m->msg.in_reply_to);

	for (size_t i = m->msg.references.n; !p && i--;) {
		p = thread_find(t, m->msg.references.v[i]);
		m->parent_far = p && (i + 1 < m->msg.references.n || m->msg.in_reply_to[0]);
	}
	if (p && !is_above(m, p))
		m->parent = p;
}

void thread_link(struct thread *t)
{
	if (t->n)
		qsort(t->v, t->n, sizeof(*t->v), by_date);
	t->left_out = 0;
	for (size_t i = 0; i < t->n; i++) {
		t->v[i]->parent = NULL;
		t->v[i]->parent_far = false;
	}
	for (size_t i = 0; i < t->n; i++) {
		find_parent(t, t->v[i]);
		t->left_out += t->v[i]->kind == MAIL_LEFT_OUT;
	}
}

static void join_references(struct thread *t, const struct message *m)
{
	size_t own = id_table_add(t->ids, m->id);

	if (m->in_reply_to[0])
		id_table_join(t->ids, own, id_table_add(t->ids, m->in_reply_to));
	for (size_t i = 0; i < m->references.n; i++)
		id_table_join(t->ids, own, id_table_add(t->ids, m->references.v[i]));
}

void thread_keep(struct thread *t, const char *message_id)
{
	size_t kept = 0, root;

	if (!thread_find(t, message_id))
		return;
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i]->msg.id[0])
			join_references(t, &t->v[i]->msg);
	root = id_table_root(t->ids, id_table_add(t->ids, message_id));
	for (size_t i = 0; i < t->n; i++) {
		struct mail *m = t->v[i];
		size_t number = m->msg.id[0] ? id_table_add(t->ids, m->msg.id) : 0;

		if (m->msg.id[0] && id_table_root(t->ids, number) == root) {
			t->v[kept++] = m;
			continue;
		}
		if (m->msg.id[0])
			id_table_set_mail(t->ids, number, NULL);
		mail_free(m);
	}
	t->n = kept;
}

void thread_release(struct thread *t)
{
	for (size_t i = 0; i < t->n; i++)
		mail_free(t->v[i]);
	free(t->v);
	id_table_free(t->ids);
	*t = (struct thread)THREAD_INIT;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "revision.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "outer_diff.h"

const char *lines_became_name(enum lines_became became)
{
	static const char *const names[] = { "same", "changed", "gone", "unknown" };

	return names[became];
}

/* What stands in the newer patch where a line was taken out: anything, or nothing. */
static bool replaced(const struct line_change *changes, size_t n, size_t line)
{
	for (size_t i = 0; i < n; i++) {
		size_t begin = (size_t)changes[i].old_line - 1;

		if (line >= begin && line < begin + (size_t)changes[i].old_count)
			return changes[i].new_count > 0;
	}
	return false;
}

static enum lines_became became(const struct remark *r, const struct line_change *changes, size_t n,
				const size_t *to)
{
	bool same = true, gone = true;

	for (size_t i = r->first; i <= r->last; i++) {
		bool kept = to[i] != LINE_NONE;

		same = same && kept;
		gone = gone && !kept && !replaced(changes, n, i);
	}
	if (same)
		return LINES_SAME;
	return gone ? LINES_GONE : LINES_CHANGED;
}

static char *quoted(const struct patch_lines *lines, const struct remark *r)
{
	struct buf out = BUF_INIT;

	for (size_t i = r->first; i <= r->last; i++) {
		const struct patch_line *l = &lines->v[i];

		if (l->kind != 'm')
			buf_addc(&out, l->kind);
		buf_add(&out, l->text.p, l->text.n);
		buf_adds(&out, i < r->last ? "\n" : "");
	}
	return buf_detach(&out);
}

/* Takes the remark over. */
static void add(struct revisions *rev, int n, const struct patch_lines *lines,
		struct remark *remark, enum lines_became lines_became)
{
	const struct patch_line *l = &lines->v[remark->last];
	struct old_remark *r;

	GROW(rev->remarks, rev->n, rev->cap);
	r = &rev->remarks[rev->n++];
	*r = (struct old_remark){
		.n = n,
		.path = l->path ? xstrdup(l->path) : NULL,
		.line = l->kind == '-' ? l->old_line : l->new_line,
		.side = l->kind,
		.quoted = quoted(lines, remark),
		.remark = *remark,
		.became = lines_became,
	};
	*remark = (struct remark){ .text = NULL };
}

static const struct patch_pair *pair_of(const struct revisions *rev, size_t old)
{
	for (size_t i = 0; i < rev->patches.n; i++)
		if (rev->patches.v[i].old == old)
			return &rev->patches.v[i];
	return NULL;
}

/* The remarks on one older patch, whose counterpart is as PAIR says. */
static int take_remarks(struct revisions *rev, const struct patch_lines *lines, int n,
			struct remarks *remarks, const struct patch_pair *pair, struct err *err)
{
	bool known = pair->became == BECAME_SAME || pair->became == BECAME_CHANGED;
	struct patch_lines newer = { .diff = DIFF_INIT };
	struct line_change *changes = NULL;
	size_t n_changes = 0, *to = NULL;
	int rc = 0;

	if (known) {
		patch_lines_init(&newer, &rev->new->patches[pair->new]);
		rc = outer_changes(lines, &newer, &changes, &n_changes, err);
		if (!rc)
			to = lines_pair(changes, n_changes, lines->n);
	}
	for (size_t i = 0; !rc && i < remarks->n; i++) {
		enum lines_became how = pair->became == BECAME_DROPPED ? LINES_GONE : LINES_UNKNOWN;

		if (known)
			how = became(&remarks->v[i], changes, n_changes, to);
		add(rev, n, lines, &remarks->v[i], how);
	}
	free(to);
	free(changes);
	patch_lines_release(&newer);
	return rc;
}

static int look_at_patch(struct revisions *rev, const struct replies *replies, size_t old,
			 struct err *err)
{
	const struct series_patch *p = &rev->old->patches[old];
	const struct patch_pair *pair = pair_of(rev, old);
	struct remarks remarks = { NULL, 0, 0 };
	struct patch_lines lines;
	int rc;

	if (p->missing || !pair)
		return 0;
	patch_lines_init(&lines, p);
	rc = remarks_of_patch(&remarks, replies, rev->old, p->n, &lines, err);
	if (!rc)
		rc = take_remarks(rev, &lines, p->n, &remarks, pair, err);
	remarks_release(&remarks);
	patch_lines_release(&lines);
	return rc;
}

int revisions_compare(const struct series *old, const struct thread *thread,
		      const struct series *new, struct revisions **out, struct err *err)
{
	struct revisions *rev = xcalloc(1, sizeof(*rev));
	struct replies replies = { NULL, 0, 0 };
	int rc;

	*rev = (struct revisions){ .against = old->revision, .old = old, .new = new };
	rc = range_diff(old, new, &rev->patches, err);
	if (!rc && thread)
		replies_find(&replies, thread, old);
	for (size_t i = 0; !rc && replies.n && i < (size_t)old->expected; i++)
		rc = look_at_patch(rev, &replies, i, err);
	replies_release(&replies);
	*out = rc ? NULL : rev;
	if (rc)
		revisions_free(rev);
	return rc;
}

void revisions_free(struct revisions *rev)
{
	if (!rev)
		return;
	for (size_t i = 0; i < rev->n; i++) {
		free(rev->remarks[i].path);
		free(rev->remarks[i].quoted);
		remark_release(&rev->remarks[i].remark);
	}
	free(rev->remarks);
	range_diff_release(&rev->patches);
	free(rev);
}

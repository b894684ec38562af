// SPDX-License-Identifier: GPL-2.0-only
#include "outer_diff.h"

#include <stdlib.h>

#define CONTEXT 3

struct outer {
	const struct patch_lines *old, *new;
	size_t old_from, new_from;
	struct line_change *changes;
	size_t n;
	struct buf *out;
};

static int compare(struct outer *o, struct err *err)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	int rc;

	patch_lines_add(o->old, o->old_from, &a);
	patch_lines_add(o->new, o->new_from, &b);
	rc = text_changes(a.p, a.len, b.p, b.len, &o->changes, &o->n, err);
	buf_release(&a);
	buf_release(&b);
	return rc;
}

/* Lines [FROM, TO) of one of the patches, counted from where it begins. */
static void add_lines(const struct patch_lines *lines, size_t begin, size_t from, size_t to,
		      char mark, struct buf *out)
{
	for (size_t i = from; i < to && begin + i < lines->n; i++) {
		buf_addc(out, mark);
		patch_line_add(&lines->v[begin + i], out);
	}
}

static size_t old_begin(const struct line_change *c)
{
	return (size_t)c->old_line - 1;
}

static size_t old_end(const struct line_change *c)
{
	return old_begin(c) + (size_t)c->old_count;
}

/* The changes that share a hunk with the one at FIRST, as their context touches. */
static size_t hunk_end(const struct outer *o, size_t first)
{
	size_t last = first;

	while (last + 1 < o->n &&
	       old_begin(&o->changes[last + 1]) - old_end(&o->changes[last]) <= (size_t)2 * CONTEXT)
		last++;
	return last;
}

/* "@@ path @@", or of the changelog "@@ changelog @@". */
static void add_place(const struct outer *o, const struct line_change *c)
{
	const struct patch_lines *lines = c->new_count ? o->new : o->old;
	size_t at =
		c->new_count ? o->new_from + (size_t)c->new_line - 1 : o->old_from + old_begin(c);
	const char *path = at < lines->n ? lines->v[at].path : NULL;

	buf_addf(o->out, "@@ %s @@\n", path ? path : "changelog");
}

static void add_hunk(const struct outer *o, size_t first, size_t last)
{
	size_t begin = old_begin(&o->changes[first]), at;

	at = begin < CONTEXT ? 0 : begin - CONTEXT;
	add_place(o, &o->changes[first]);
	for (size_t i = first; i <= last; i++) {
		const struct line_change *c = &o->changes[i];
		size_t new = (size_t)c->new_line - 1;

		add_lines(o->old, o->old_from, at, old_begin(c), ' ', o->out);
		add_lines(o->old, o->old_from, old_begin(c), old_end(c), '-', o->out);
		add_lines(o->new, o->new_from, new, new + (size_t)c->new_count, '+', o->out);
		at = old_end(c);
	}
	add_lines(o->old, o->old_from, at, at + CONTEXT, ' ', o->out);
}

int outer_diff(const struct patch_lines *old, size_t old_from, const struct patch_lines *new,
	       size_t new_from, struct buf *out, struct err *err)
{
	struct outer o = { old, new, old_from, new_from, NULL, 0, out };
	int rc = compare(&o, err);

	for (size_t first = 0; !rc && first < o.n;) {
		size_t last = hunk_end(&o, first);

		add_hunk(&o, first, last);
		first = last + 1;
	}
	free(o.changes);
	return rc;
}

int outer_changes(const struct patch_lines *old, const struct patch_lines *new,
		  struct line_change **changes, size_t *n, struct err *err)
{
	struct outer o = { old, new, 0, 0, NULL, 0, NULL };
	int rc = compare(&o, err);

	*changes = o.changes;
	*n = o.n;
	return rc;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "range_diff.h"

#include <stdlib.h>

#include "base/mem.h"
#include "outer_diff.h"
#include "range_pair.h"

#define MAX_OUTER (1 << 20) /* bytes of one patch's difference */

const char *became_name(enum became became)
{
	static const char *const names[] = { "unchanged", "changed", "new", "dropped", "unknown" };

	return names[became];
}

/* Whether a patch of the other revision may be one that is not here. */
static bool may_be_missing(const struct revised *other)
{
	for (size_t i = 0; i < other->n; i++)
		if (other->series->patches[i].missing && other->to[i] == PAIR_NONE)
			return true;
	return false;
}

static struct patch_pair *add(struct range_diff *rd, size_t old, size_t new, enum became became)
{
	GROW(rd->v, rd->n, rd->cap);
	rd->v[rd->n++] = (struct patch_pair){ old, new, became, NULL };
	return &rd->v[rd->n - 1];
}

static int compare(struct range_diff *rd, const struct revised *old, const struct revised *new,
		   size_t k, struct err *err)
{
	const struct series_patch *b = &new->series->patches[k];
	size_t i = new->to[k];
	struct buf diff = BUF_INIT_MAX(MAX_OUTER);
	struct patch_pair *pair;

	if (i == PAIR_NONE) {
		add(rd, PAIR_NONE, k,
		    b->missing || may_be_missing(old) ? BECAME_UNKNOWN : BECAME_NEW);
		return 0;
	}
	pair = add(rd, i, k, BECAME_UNKNOWN);
	if (b->missing || old->series->patches[i].missing)
		return 0;
	if (outer_diff(&old->lines[i], 0, &new->lines[k], 0, &diff, err)) {
		buf_release(&diff);
		return -1;
	}
	pair->became = diff.len ? BECAME_CHANGED : BECAME_SAME;
	if (diff.len)
		pair->diff = buf_detach(&diff);
	buf_release(&diff);
	return 0;
}

int range_diff(const struct series *old_series, const struct series *new_series,
	       struct range_diff *out, struct err *err)
{
	struct revised old, new;
	int rc;

	revised_open(&old, old_series);
	revised_open(&new, new_series);
	rc = revised_pair(&old, &new, err);
	for (size_t k = 0; !rc && k < new.n; k++)
		rc = compare(out, &old, &new, k, err);
	for (size_t i = 0; !rc && i < old.n; i++)
		if (old.to[i] == PAIR_NONE)
			add(out, i, PAIR_NONE,
			    old_series->patches[i].missing || may_be_missing(&new)
				    ? BECAME_UNKNOWN
				    : BECAME_DROPPED);
	revised_close(&old);
	revised_close(&new);
	return rc;
}

void range_diff_release(struct range_diff *rd)
{
	for (size_t i = 0; i < rd->n; i++)
		free(rd->v[i].diff);
	free(rd->v);
	*rd = (struct range_diff){ NULL, 0, 0 };
}

/* SPDX-License-Identifier: GPL-2.0-only */
/* Which patch of one revision became which of another. */
#ifndef REVIEW_RANGE_PAIR_H
#define REVIEW_RANGE_PAIR_H

#include "patch_lines.h"

#define PAIR_NONE ((size_t)-1)

/* One of the two revisions. */
struct revised {
	const struct series *series; /* must outlive it */
	struct patch_lines *lines;   /* of each patch */
	struct buf *diffs;           /* ... its diff as text */
	size_t *to;                  /* ... the index of its counterpart, or PAIR_NONE */
	size_t n;
};

void revised_open(struct revised *r, const struct series *series);

/*
 * Find the counterparts: equal diffs, then equal subjects, then as git
 * range-diff those whose diffs cost least to turn into each other.  What was
 * rewritten so much that git tells them apart are pairs when they change the
 * same files and say nearly the same in their subjects.  Where there are too
 * many patches or bytes for the third they stay alone.
 */
int revised_pair(struct revised *old, struct revised *new, struct err *err)
	__attribute__((warn_unused_result));

void revised_close(struct revised *r);

#endif

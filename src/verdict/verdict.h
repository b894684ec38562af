/* SPDX-License-Identifier: GPL-2.0-only */
/* Findings before and after a change: which are new, which are gone. */
#ifndef VERDICT_VERDICT_H
#define VERDICT_VERDICT_H

#include <stddef.h>

#include "base/err.h"
#include "engine/finding.h"

enum verdict {
	VERDICT_INTRODUCED, /* only after the change */
	VERDICT_FIXED,      /* only before it */
	VERDICT_SAME,
	VERDICT_CHANGED, /* of the same rule in the same function, with other text */
	VERDICT_MOVED,   /* the same text in another function or file */
};

const char *verdict_name(enum verdict verdict);

/* A file that has another name after the change.  Strings are not owned. */
struct renamed {
	const char *from, *to;
};

#define VERDICT_ALONE ((size_t)-1)

/* What became of each finding; free with verdicts_release(). */
struct verdicts {
	enum verdict *before, *after; /* one for each finding of the two lists */
	size_t *was;                  /* for each after: index before, or VERDICT_ALONE */
};

/*
 * Pair the findings of two states, each finished with findings_finish().  The
 * pairs are sought in this order: the same identity; the same text in the file
 * that was renamed (moved); the same rule, path and function (changed); the
 * same rule and text anywhere (moved).  What is left is introduced or fixed.
 * A finding without identity (NULL, from an earlier report) has only its
 * fingerprint and place.
 */
void verdict_pair(const struct findings *before, const struct findings *after,
		  const struct renamed *renames, size_t n_renames, struct verdicts *out);

void verdicts_release(struct verdicts *v);

#endif

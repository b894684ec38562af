/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two revisions of a series side by side, as git range-diff: which patch became
 * which, and what changed in it.  Blob ids and line numbers do not count.
 */
#ifndef REVIEW_RANGE_DIFF_H
#define REVIEW_RANGE_DIFF_H

#include "range_pair.h"

enum became {
	BECAME_SAME,
	BECAME_CHANGED,
	BECAME_NEW,     /* the older revision has no such patch */
	BECAME_DROPPED, /* the newer one has none */
	BECAME_UNKNOWN, /* one of the two mails is not here */
};

const char *became_name(enum became became);

/* A patch of either revision with its counterpart. */
struct patch_pair {
	size_t old, new; /* indices into the series' patches; PAIR_NONE: there is none */
	enum became became;
	char *diff; /* BECAME_CHANGED: from one patch's lines to the other's; owned */
};

/* In the order of the newer series, then what was dropped; range_diff_release(). */
struct range_diff {
	struct patch_pair *v;
	size_t n, cap;
};

/* Compare, in pairs as revised_pair() finds them. */
int range_diff(const struct series *old, const struct series *new, struct range_diff *out,
	       struct err *err) __attribute__((warn_unused_result));

void range_diff_release(struct range_diff *rd);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* What became of an older revision of a series, and of the remarks on it. */
#ifndef REVIEW_REVISION_H
#define REVIEW_REVISION_H

#include "range_diff.h"
#include "remark.h"

enum lines_became {
	LINES_SAME,    /* all of them are in the newer patch as they were */
	LINES_CHANGED, /* at least one has others in its place */
	LINES_GONE,    /* taken out, or with the whole patch */
	LINES_UNKNOWN, /* the newer patch is not here */
};

const char *lines_became_name(enum lines_became became);

/* A remark on the older revision.  Strings are owned. */
struct old_remark {
	int n;      /* the older patch */
	char *path; /* NULL: its changelog */
	int line;   /* the last one it stands under, by side; in the sender's numbers */
	char side;  /* '+', '-', ' ', or 'm' for the changelog */
	char *quoted;
	struct remark remark; /* its lines are those of the older patch */
	enum lines_became became;
};

/* Free with revisions_free(). */
struct revisions {
	int against; /* the older revision */
	const struct series *old, *new;
	struct range_diff patches;
	struct old_remark *remarks;
	size_t n, cap;
};

/*
 * Compare.  Both series must outlive the result.  THREAD has the replies to the
 * older one; NULL: remarks are left out.
 */
int revisions_compare(const struct series *old, const struct thread *thread,
		      const struct series *new, struct revisions **out, struct err *err)
	__attribute__((warn_unused_result));

void revisions_free(struct revisions *revisions);

#endif

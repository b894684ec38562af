/* SPDX-License-Identifier: GPL-2.0-only */
/* The C files that a patch changes, as sources before and after it. */
#ifndef REVIEW_CHANGED_H
#define REVIEW_CHANGED_H

#include "engine/source.h"
#include "review.h"
#include "tree/repo_diff.h"

/* Valid during the call that it is shown by. */
struct changed_file {
	const char *path;  /* after the patch */
	struct source old; /* empty for a new file */
	struct source new;
	struct line_change *changes;
	size_t n_changes;
};

/*
 * Show the C files that patch I has changed and not deleted, by path; one that
 * is not in a tree has none.  What show() returns other than 0 ends it.
 */
int changed_files(struct review *r, size_t i,
		  int (*show)(void *ctx, const struct changed_file *file, struct err *err),
		  void *ctx, struct err *err) __attribute__((warn_unused_result));

/* Whether a line of the new source is one that the patch adds. */
bool changed_adds(const struct changed_file *file, int line);

#endif

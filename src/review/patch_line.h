/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a line of a patch's diff is in the files. */
#ifndef REVIEW_PATCH_LINE_H
#define REVIEW_PATCH_LINE_H

#include "diff/diff.h"
#include "note.h"
#include "review.h"

struct patch_line {
	const struct diff_file *file; /* NULL: the line belongs to no file */
	enum note_side side;
	int line;         /* 0: it is no line of a hunk */
	struct span text; /* without its mark */
};

/*
 * Line N (from 1) of the text that DIFF was parsed from, which is patch I's.
 * Where the patch was put into the tree at another line than it says, LINE is
 * that of the tree.
 */
int patch_line(const struct review *r, size_t i, const struct diff *diff, size_t n,
	       struct patch_line *out, struct err *err) __attribute__((warn_unused_result));

#endif

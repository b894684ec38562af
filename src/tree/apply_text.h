/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The hunks of one file, applied to its text as git apply does without fuzz: a
 * hunk is looked for at the line where it should come to stand, and from there
 * line by line in both directions, the nearest first and later ones before
 * earlier ones; all its context must be there; what stands at the beginning or
 * the end of the file in the diff must do so in the text; and what an earlier
 * hunk wrote is no context for a later one.
 */
#ifndef TREE_APPLY_TEXT_H
#define TREE_APPLY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "diff/diff.h"

/* A text with hunks applied; PATCHED_INIT, patched_release(). */
struct patched {
	struct buf text;
	bool moved;   /* a hunk stands at another line than it says */
	size_t hunk;  /* refused: from 1 */
	char *reason; /* refused: for people, owned */
};

#define PATCHED_INIT                                              \
	{                                                         \
		.text = BUF_INIT, .moved = false, .hunk = 0, NULL \
	}

/* What may be spent on looking for the hunks of a patch; about a second or two. */
#define APPLY_WORK ((size_t)1000000000)

/*
 * Apply all hunks of FILE to LEN bytes (at most READER_MAX, as the result): 0,
 * or 1 when one does not fit, and then out->text is of no use.  *WORK is what
 * is left of APPLY_WORK.
 */
int patch_text(const struct diff_file *file, const char *p, size_t len, size_t *work,
	       struct patched *out) __attribute__((warn_unused_result));

void patched_release(struct patched *patched);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REVIEW_OUTER_DIFF_H
#define REVIEW_OUTER_DIFF_H

#include "patch_lines.h"

/*
 * Add the difference of two patches, each from an index of its lines on, as a
 * unified diff whose hunk lines name the file instead of line numbers.  Nothing
 * is added when they are the same.
 */
int outer_diff(const struct patch_lines *old, size_t old_from, const struct patch_lines *new,
	       size_t new_from, struct buf *out, struct err *err)
	__attribute__((warn_unused_result));

/*
 * The changes from one to the other, from the first line on; the caller frees
 * *changes.
 */
int outer_changes(const struct patch_lines *old, const struct patch_lines *new,
		  struct line_change **changes, size_t *n, struct err *err)
	__attribute__((warn_unused_result));

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* A diff applied by a 3-way merge; for apply.c only. */
#ifndef TREE_APPLY_MERGE_H
#define TREE_APPLY_MERGE_H

#include "apply.h"

/*
 * What git am -3 does where a diff does not apply: the files that its index
 * lines name make a tree, the diff is applied to that, and what it changes there
 * is merged into TREE, with renames on both sides.  0: OUT has how and the tree;
 * 1: *why (the caller frees it) says why not; -1: an error.
 */
int merge_apply(struct repo *repo, const char *tree, const struct diff *diff, struct applied *out,
		char **why, struct err *err) __attribute__((warn_unused_result));

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* A diff applied to a tree as it is, without a merge; for apply.c only. */
#ifndef TREE_APPLY_PATCH_H
#define TREE_APPLY_PATCH_H

#include "apply.h"

/*
 * Whether the diff is one that can be applied anywhere: 0, or 1 and out says
 * why not.
 */
int patch_check(const struct diff *diff, struct applied *out) __attribute__((warn_unused_result));

/* apply_diff() without a merge, for a diff that patch_check() let pass. */
int patch_apply(struct repo *repo, const char *tree, const struct diff *diff, struct applied *out,
		struct err *err) __attribute__((warn_unused_result));

/* Fill OUT for a file (NULL: the whole patch) that is refused; 1. */
int patch_refuse(struct applied *out, const struct diff_file *file, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif

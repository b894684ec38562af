/* SPDX-License-Identifier: GPL-2.0-only */
/* One step of history: what the change from some trees to another one does. */
#ifndef VERDICT_STEP_H
#define VERDICT_STEP_H

#include "lint.h"

struct step {
	struct repo *repo;
	const struct engine *engine;
	struct suppressions *suppressions; /* or NULL */
	const struct strv *before;         /* trees: the parent's, several for a merge */
	const char *after;                 /* a tree */
	const char *rev;                   /* what findings carry as their revision, or NULL */
};

/*
 * Judge all findings in the files that differ from every tree before, and
 * count the other sites of what is introduced.  Adds to PATCH, and to PATHS
 * the C files that were looked at.
 */
int step_judge(const struct step *step, struct lint_patch *patch, struct strv *paths,
	       struct err *err) __attribute__((warn_unused_result));

#endif

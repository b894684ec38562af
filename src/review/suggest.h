/* SPDX-License-Identifier: GPL-2.0-only */
/* What a function would look like when the refactor that mends a finding is applied. */
#ifndef REVIEW_SUGGEST_H
#define REVIEW_SUGGEST_H

#include "review.h"

/*
 * Apply the rule's refactor to the finding's file in the tree after patch I:
 * *diff (owned) is what it does to the finding's function, with the helper, and
 * NULL when it does not convert just this site or cannot be verified.
 */
int suggest_diff(struct review *r, size_t i, const struct rule *rule, const struct finding *f,
		 char **diff, struct err *err) __attribute__((warn_unused_result));

#endif

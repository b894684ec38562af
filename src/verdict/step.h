/* SPDX-License-Identifier: GPL-2.0-only */
/* What one change does to the findings: the verdicts of a patch. */
#ifndef VERDICT_STEP_H
#define VERDICT_STEP_H

#include "lint.h"
#include "sides.h"

/*
 * Judge all findings in the files that differ from every tree before, and
 * count the other sites of what is introduced.  SUPPRESSIONS may be NULL.
 * Adds to PATCH, and to PATHS the C files that were looked at.
 */
int step_judge(struct sides *sides, struct suppressions *suppressions, struct lint_patch *patch,
	       struct strv *paths, struct err *err) __attribute__((warn_unused_result));

#endif

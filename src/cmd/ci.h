/* SPDX-License-Identifier: GPL-2.0-only */
/* What a CI service says about the change that it runs for. */
#ifndef CMD_CI_H
#define CMD_CI_H

#include "base/err.h"

/* Free with ci_range_release(). */
struct ci_range {
	char *from, *to;    /* commit ids */
	const char *source; /* which service and variables, for people */
};

/*
 * The range of the merge request or pull request that this job runs for, from
 * GitLab's variables or GitHub's event file: 1 and *out, 0 when there is none,
 * -1 when it is told but not in order.
 */
int ci_range(struct ci_range *out, struct err *err) __attribute__((warn_unused_result));

void ci_range_release(struct ci_range *range);

#endif

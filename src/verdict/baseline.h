/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The baseline of a scan: what is known already, from an earlier report of
 * icrfix scan (JSON or SARIF) or from a scan of another state.
 */
#ifndef VERDICT_BASELINE_H
#define VERDICT_BASELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "engine/finding.h"

/* What an earlier report says of one target. */
struct baseline_target {
	char *name;
	bool is_revision;
	struct findings findings; /* have rule, path, function and fingerprint, no more */
};

/* An earlier report.  Initialise to 0, free with baseline_release(). */
struct baseline {
	const char *file; /* not owned */
	struct baseline_target *v;
	size_t n, cap;
};

/*
 * Read a report.  What it suppressed is not part of the baseline: it is to be
 * told when that ends.  What it had from a baseline itself is.  One that is
 * damaged, of another version or of another command: an error that says where.
 */
int baseline_read(struct baseline *baseline, const char *file, struct err *err)
	__attribute__((warn_unused_result));

/*
 * What to compare a target with: the only target of the report, else the one
 * of its name; without one an error.
 */
int baseline_find(const struct baseline *baseline, const char *target, const struct findings **out,
		  struct err *err) __attribute__((warn_unused_result));

/*
 * Move from FS to KNOWN what is in BEFORE: findings that verdict_pair() finds a
 * partner for, and code that was not analysed by the same rules, in the same
 * function and for the same reason, each as often as it was.
 */
void baseline_take(const struct findings *before, struct findings *fs, struct findings *known);

void baseline_release(struct baseline *baseline);

#endif

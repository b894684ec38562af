/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One rule over some candidate files: is all of it seen by spatch, is there
 * anything to report, and what.
 */
#ifndef ENGINE_MATCH_H
#define ENGINE_MATCH_H

#include "finding.h"
#include "rule.h"
#include "source.h"
#include "spatch.h"

/* A file to look at, and what comes out of it. */
struct match {
	const struct source *src;
	struct findings found;	/* out: without path, rev; sorted later; the caller frees */
};

/*
 * Run RULE over N files in few spatch runs.  With whole_files nothing is
 * blanked.  What spatch cannot see or finish is in each match's unseen[], the
 * same with and without whole_files.  -1 when spatch cannot be run at all.
 */
int match_rule(struct spatch *spatch, const struct rule *rule, struct match *matches, size_t n,
	       bool whole_files, struct err *err) __attribute__((warn_unused_result));

/* The lines that the rule stars in context mode, ascending; for "rules test". */
int match_context_lines(struct spatch *spatch, const struct rule *rule, const struct source *src,
			int **lines, size_t *n, struct err *err)
	__attribute__((warn_unused_result));

#endif

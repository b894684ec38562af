/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One rule over some candidate files: is all of it seen by spatch, is there
 * anything to report, and what.
 */
#ifndef ENGINE_MATCH_H
#define ENGINE_MATCH_H

#include "consult.h"
#include "finding.h"
#include "source.h"
#include "spatch.h"

/* A file to look at, and what comes out of it. */
struct match {
	const struct source *src;
	struct findings found; /* out: without path, rev; sorted later; the caller frees */
};

/*
 * Run the rule that consults (what was found has been read) over N files in few
 * spatch runs.  With whole_files nothing is blanked.  What spatch cannot see or
 * finish is in each match's unseen[], the same with and without whole_files.  -1
 * when spatch cannot be run at all.
 */
int match_rule(struct spatch *spatch, const struct consults *consults, struct match *matches,
	       size_t n, bool whole_files, struct err *err) __attribute__((warn_unused_result));

/* Lines of one source, ascending, each once. */
struct line_set {
	int *v;
	size_t n, cap;
};

/*
 * The lines that the semantic patch by itself names in each of N whole files,
 * with no prefilter, slices or exemptions: in MODE "context" what it stars, in
 * MODE "report" the places of its findings.  For checks of the engine against
 * spatch.  The caller frees each set's lines.
 */
int match_plain(struct spatch *spatch, const struct consults *consults, const char *mode,
		const struct source *const *srcs, size_t n, struct line_set *sets, struct err *err)
	__attribute__((warn_unused_result));

/* Add a line, keeping the order; one that is there already is not added again. */
void line_set_add(struct line_set *set, int line);

#endif

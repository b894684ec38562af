/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A rule's own test cases, tests/cocci/RULE/NAME.c, each with its expectation
 * inside: FINDING and WITH in comments on the lines of a finding, numbered when
 * there are several, NOT-ANALYSED on the line of what spatch cannot see, and
 * " * path: PATH" for the path that the case pretends to have.  Of the files
 * that the rule consults only the case itself is there, and the one beside it
 * that a line " * consults: FILE" names, which has a path line of its own.
 */
#ifndef ENGINE_CASES_H
#define ENGINE_CASES_H

#include "base/err.h"
#include "base/strv.h"
#include "rule.h"
#include "spatch.h"

struct case_results {
	size_t n;             /* cases that were run */
	struct strv failures; /* "FILE: what was expected and what came", each */
};

/*
 * Run the cases of a rule that PACK_DIR holds.  Of each: the findings and what
 * is not analysed are as marked, the same with whole files; context mode stars
 * the lines that report mode names; and the semantic patch by itself finds
 * nothing that prefilter and slices lose.
 */
int cases_run(struct spatch *spatch, const struct rule *rule, const char *pack_dir,
	      struct case_results *results, struct err *err) __attribute__((warn_unused_result));

void case_results_release(struct case_results *results);

/* The *.c of a directory, sorted; none when it is not there. */
void cases_list(const char *dir, struct strv *files);

#endif

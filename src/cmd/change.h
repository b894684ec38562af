/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The change that lint and review look at: from the words of the command line,
 * or from what a CI service says, to a series or range and its lint.
 */
#ifndef CMD_CHANGE_H
#define CMD_CHANGE_H

#include "base/progress.h"
#include "fetch.h"
#include "verdict/lint.h"

/* Free with change_release(). */
struct change {
	struct app *app;
	const struct fetch_values *fetch_values;
	struct repo *repo; /* the app's, which writes to memory from now on */
	struct engine engine;
	struct lint_options options; /* may be changed between open and run */
	struct progress progress;
	/* Results. */
	struct fetch fetch; /* mails and series; empty for a range */
	struct lint lint;
	char *from, *to; /* ids of a range's ends, else NULL */
};

/*
 * Read the settings, open the repository and an engine for PURPOSE with the
 * rules of that id, or all.  BASE is a revision or NULL.
 */
int change_open(struct change *c, struct app *app, enum purpose purpose, const struct strv *rules,
		const char *base, const struct fetch_values *fetch, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Lint what the words say; without any, the range that GitLab's or GitHub's CI
 * tells.  A single mail without a patch, such as a cover letter, leaves the
 * lint empty when MAY_BE_EMPTY, else it is an error.
 */
int change_run(struct change *c, int argc, char **argv, bool may_be_empty, struct err *err)
	__attribute__((warn_unused_result));

void change_release(struct change *c);

#endif

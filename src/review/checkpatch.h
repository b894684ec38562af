/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * scripts/checkpatch.pl of a tree, run on patches: as it is there, in a private
 * directory with the files it reads, without any program in reach.
 */
#ifndef REVIEW_CHECKPATCH_H
#define REVIEW_CHECKPATCH_H

#include "base/err.h"
#include "base/strv.h"
#include "store/store.h"
#include "tree/repo.h"

/* One thing that it says. */
struct checkpatch_message {
	size_t line; /* of the text, from 1; 0: none */
	char level;  /* E(RROR), W(ARNING) or C(HECK) */
	char *type, *text;
};

struct checkpatch_messages {
	struct checkpatch_message *v;
	size_t n, cap;
	char *failure; /* why it could not be run on that text; NULL */
};

struct checkpatch {
	struct repo *repo;
	const char *tree;    /* whose script it is */
	struct store *store; /* keeps what it says of a text; NULL: nothing is kept */
	int jobs;
};

/*
 * What it says of N texts (nothing of an empty one), to be freed with
 * checkpatch_release(): 0; 1 when there is no Perl or no script, *WHY says
 * which; -1 when it cannot be run at all.
 */
int checkpatch_run(const struct checkpatch *cp, const struct buf *texts, size_t n,
		   struct checkpatch_messages *out, const char **why, struct err *err)
	__attribute__((warn_unused_result));

void checkpatch_release(struct checkpatch_messages *messages, size_t n);

#endif

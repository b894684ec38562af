/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Proposals of replies, step by step: find one, put it into a tree, look at
 * what came out.
 */
#ifndef REVIEW_PROPOSAL_H
#define REVIEW_PROPOSAL_H

#include "mail/embedded.h"
#include "review.h"
#include "sketch.h"
#include "tree/repo_diff.h"

/* A proposal that is in a tree; free with put_release(). */
struct put {
	char before[OID_HEX];        /* the tree that what it introduces is measured by */
	char onto[OID_HEX];          /* the tree that it was put into */
	char tree[OID_HEX];          /* with it */
	const char *function;        /* of a function: its name; nothing else in the tree counts */
	struct file_changes changes; /* from onto to tree; proposal_changes() fills it */
};

int proposal_changes(struct review *r, struct put *put, struct err *err)
	__attribute__((warn_unused_result));

void put_release(struct put *put);

/*
 * Put a function, or a diff, in answer to patch P->patch into a tree: 0, and P is
 * told where; 1 when it cannot be, and P is told why; -1 for an error.  2: it is
 * no proposal, as the code is just so in the tree.
 */
int proposal_put_function(struct review *r, struct proposal *p, const struct sketch *sketch,
			  struct put *put, struct err *err) __attribute__((warn_unused_result));
int proposal_put_diff(struct review *r, struct proposal *p, const struct embedded *diff,
		      struct put *put, struct err *err) __attribute__((warn_unused_result));

/*
 * Scan what some proposals change, all at once, so that judging one after the
 * other finds it in the store: a start of spatch costs more than a file.
 */
int proposals_scan(struct review *r, const struct put *puts, size_t n, struct err *err)
	__attribute__((warn_unused_result));

/* Run the checks of code on it: P's notes, and what it fixes. */
int proposal_judge(struct review *r, struct proposal *p, const struct put *put,
		   const struct embedded *diff, struct err *err)
	__attribute__((warn_unused_result));

/* Whether a refactor gives the same file: P->equals. */
int proposal_compare(struct review *r, struct proposal *p, const struct put *put, struct err *err)
	__attribute__((warn_unused_result));

#endif

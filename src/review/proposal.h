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
#include "verdict/sides.h"

/* A proposal that is in a tree; free with put_release(). */
struct put {
	char before[OID_HEX]; /* the tree that what it introduces is measured by */
	char onto[OID_HEX];   /* the tree that it was put into */
	char tree[OID_HEX];   /* with it */
	const char *function; /* of a function: its name; nothing else in the tree counts */
	/* From before to tree, and from onto to tree when that is another; see put_open(). */
	struct sides sides[2];
	size_t n_sides;
};

/* Compare the trees; what OF points to must live as long as the proposal. */
int put_open(struct put *put, const struct sides_of *of, struct err *err)
	__attribute__((warn_unused_result));

/* The files that the proposal itself changes. */
const struct file_changes *put_changes(const struct put *put);

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

/* Run the checks of code on it: P's notes, and what it fixes.  Once only. */
int proposal_judge(struct review *r, struct proposal *p, struct put *put,
		   const struct embedded *diff, struct err *err)
	__attribute__((warn_unused_result));

/* Whether a refactor gives the same file: P->equals. */
int proposal_compare(struct review *r, struct proposal *p, const struct put *put, struct err *err)
	__attribute__((warn_unused_result));

#endif

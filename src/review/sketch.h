/* SPDX-License-Identifier: GPL-2.0-only */
/* Whole C functions that a reply writes down as how it should be. */
#ifndef REVIEW_SKETCH_H
#define REVIEW_SKETCH_H

#include <stddef.h>

#include "mail/reply.h"

#define SKETCHES_MAX 50 /* in one mail */

struct sketch {
	char *name; /* of the function; owned */
	char *text; /* whole lines, from the declaration to the closing brace; owned */
};

/* In the order of the mail; free with sketches_release(). */
struct sketches {
	struct sketch *v;
	size_t n, cap;
};

/*
 * Add what stands in the lines that the sender wrote.  A function with an
 * ellipsis in it is none: not all of it is there.
 */
void sketches_find(struct sketches *all, const struct reply_lines *lines);

void sketches_release(struct sketches *all);

enum sketch_put {
	SKETCH_PUT,
	SKETCH_SAME,    /* the file has the function just so, but for white space */
	SKETCH_NONE,    /* it has no such function */
	SKETCH_UNCLEAR, /* it has several, or where functions end is in doubt */
};

/* Put a function in place of the one of its name; *out is the caller's to free. */
enum sketch_put sketch_put(const struct sketch *sketch, const char *text, size_t len, char **out,
			   size_t *out_len);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * "return" with a value in a void function, and without one in a function that
 * gives a value: what a compiler says of a patch, and what nobody says of code
 * in a reply.  No semantic patch, which would need spatch to read every
 * function of a file.  Silent where the type is not plain.
 */
#ifndef REVIEW_RETURNS_H
#define REVIEW_RETURNS_H

#include <stddef.h>

#include "engine/source.h"

struct bad_return {
	int line;
	char *text;                      /* "return 1;" on one line; owned */
	const struct function *function; /* the source's */
	bool value;                      /* in a void function; else none where one is due */
};

/* By line; free with bad_returns_release(). */
struct bad_returns {
	struct bad_return *v;
	size_t n, cap;
};

void bad_returns_find(struct bad_returns *all, const struct source *src);
void bad_returns_release(struct bad_returns *all);

#endif

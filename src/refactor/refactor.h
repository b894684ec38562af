/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A refactor on one file: semantic patch, helpers, stale comments, and the
 * proof that it did what it says.
 */
#ifndef REFACTOR_REFACTOR_H
#define REFACTOR_REFACTOR_H

#include <stddef.h>

#include "base/err.h"
#include "base/strv.h"
#include "engine/engine.h"
#include "engine/rule.h"

/* A place that was converted; lines of the text before. */
struct site {
	int line, end_line;
	char *function; /* owned; "" outside of one */
};

enum refactor_state {
	REFACTOR_UNCHANGED, /* the semantic patch finds nothing to convert */
	REFACTOR_CHANGED,   /* converted; not verified yet */
	REFACTOR_HUMAN,     /* it would convert, but not the whole of it can be done */
};

/* Free with refactored_release(). */
struct refactored {
	enum refactor_state state;
	char *text; /* with REFACTOR_CHANGED */
	size_t len;
	struct site *sites;
	size_t n_sites;
	char *reason;      /* with REFACTOR_HUMAN */
	struct strv notes; /* for a human: other comments, stale ones elsewhere */
};

/*
 * Apply REFACTOR to the text of PATH.  -1 when spatch cannot be run or cannot
 * be trusted; nothing of the text is kept then.
 */
int refactor_apply(struct spatch *spatch, const struct refactor *refactor, const char *path,
		   const char *text, size_t len, struct refactored *out, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Check a changed file: in the functions of its sites the findings that the
 * refactor mends are gone, there is none that was not there before, all of it
 * could be analysed, and applying the refactor again changes nothing.  0 when
 * that holds, 1 when it does not, with the reason in *why (the caller frees).
 * BEFORE are the findings of the file as it was.
 */
int refactor_verify(const struct engine *engine, const struct refactor *refactor, const char *path,
		    const struct findings *before, const struct refactored *result, char **why,
		    struct err *err) __attribute__((warn_unused_result));

void refactored_release(struct refactored *r);

#endif

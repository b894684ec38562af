/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Suppressions: findings that somebody has judged and set aside, with the
 * reason and the day until which that holds.  They stand in files outside of
 * the tree that is looked at, so that what is looked at cannot silence itself:
 *
 *	{"icrfix-suppressions": 1, "suppressions": [
 *		{"fingerprint": "40 hex digits", "reason": "...", "until": "YYYY-MM-DD"},
 *		{"rule": "...", "path": "...", "function": "...", "reason": ..., "until": ...}]}
 *
 * The function is "" for what stands outside of one.  The day is the last one,
 * in UTC; what has expired suppresses nothing.
 */
#ifndef VERDICT_SUPPRESS_H
#define VERDICT_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strv.h"
#include "engine/finding.h"

/* One entry.  Strings are owned. */
struct suppression {
	char *fingerprint;            /* NULL: the other three are there */
	char *rule, *path, *function; /* all NULL with a fingerprint */
	char *reason, *until;
	char *file;   /* as it was named */
	size_t entry; /* its index in the file */
	bool expired;
	bool used;   /* a finding was as it says */
	bool looked; /* where such a finding would be was looked at */
};

/* Initialise with SUPPRESSIONS_INIT, free with suppressions_release(). */
struct suppressions {
	struct suppression *v;
	size_t n, cap;
	struct strv files; /* read so far, as real paths */
};

#define SUPPRESSIONS_INIT             \
	{                             \
		NULL, 0, 0, STRV_INIT \
	}

/*
 * Add the entries of a file; one that was read before is not read again.  What
 * is wrong in it is an error with file and entry, an entry that is there
 * already too.  Today is $SOURCE_DATE_EPOCH's day where that is set.
 */
int suppressions_load(struct suppressions *s, const char *file, struct err *err)
	__attribute__((warn_unused_result));

/*
 * The entry that suppresses a finding, NULL when there is none.  All that
 * speak of it are marked as used.  Valid until the next suppressions_load().
 */
const struct suppression *suppressions_match(struct suppressions *s, const struct finding *f);

/* A finding that was taken out of the list, and by what. */
struct suppressed {
	struct finding finding; /* owned */
	const struct suppression *by;
};

/* Free with suppressed_release(). */
struct suppressed_list {
	struct suppressed *v;
	size_t n, cap;
};

/* Move the findings that are suppressed from FS to OUT; the order is kept. */
void suppressions_take(struct suppressions *s, struct findings *fs, struct suppressed_list *out);

/*
 * Note what was looked at: LOOKED says for an entry whether a finding of its
 * kind would have been seen.  Where it cannot know, as with a fingerprint's
 * unknown path, it says no.  May be called for several states, one after the other.
 */
void suppressions_looked(struct suppressions *s,
			 bool (*looked)(void *ctx, const struct suppression *entry), void *ctx);

/* Whether it matched nothing although the place was looked at; not for what has expired. */
bool suppression_is_unused(const struct suppression *entry);

void suppressed_release(struct suppressed_list *list);
void suppressions_release(struct suppressions *s);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* The older revision that a review compares a series with. */
#ifndef CMD_AGAINST_H
#define CMD_AGAINST_H

#include "change.h"

/* Free with against_release(). */
struct against {
	struct fetch_values values;
	struct fetch fetch;          /* where it was not among the series' own mails */
	struct series series;        /* ... and where it was */
	const struct series *found;  /* one of the two; NULL: there is none */
	const struct thread *thread; /* the mails it came from */
};

/*
 * Find it: revision REVISION ("v4" or "4"), or NULL for the newest older one
 * that is here, in the mails FROM names, or for NULL among the change's own and
 * then in the archive.  What was asked for and is not there is an error.
 */
int against_find(struct against *a, struct change *c, const char *revision, const char *from,
		 struct err *err) __attribute__((warn_unused_result));

void against_release(struct against *a);

#endif

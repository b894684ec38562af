/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * New patches on a list, linted: one round searches the archive for what came
 * since the last one, looks at each posting and delivers what there is to say.
 * store/watch_state.h tells how nothing is lost or repeated when a round ends
 * anywhere.
 *
 *	deliver		what an earlier round left
 *	search		mails since the cursor, with an overlap: they come late
 *	note		those with patches, and the cursor
 *	each posting	fetch its thread, claim its mails; wait for missing ones;
 *			lint; store the result; deliver it
 *
 * A posting whose base cannot be found, or that does not apply, is told so and
 * done.  One that fails for another reason is tried again in the next round, up
 * to WATCH_MAX_FAILED times, and then told.  When the archive does not answer, the
 * round ends and nothing is lost.  A posting at which three rounds ended, in any
 * way, stands behind the others in the next one, and after WATCH_MAX_BEGUN rounds
 * it is told as one that cannot be looked at.
 */
#ifndef WATCH_WATCH_H
#define WATCH_WATCH_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "deliver.h"
#include "engine/engine.h"
#include "mail/origin.h"
#include "store/watch_state.h"
#include "verdict/lint.h"

#define WATCH_OVERLAP (2 * 86400) /* seconds that a search goes back before the cursor */
#define WATCH_SLICE (7 * 86400)   /* seconds that one search takes in */
#define WATCH_MAX_FAILED 3
#define WATCH_MAX_BEGUN 10

/* Nothing in it is owned. */
struct watch {
	struct watch_key key;
	struct watch_state *state;
	struct origin *origin; /* of key.archive, without its cache */
	struct repo *repo;     /* writes to memory, which is forgotten after each series */
	const struct engine *engine;
	struct lint_options lint;
	struct deliver deliver;
	int64_t since;    /* search from here, in seconds since 1970; 0: from the cursor */
	int64_t first;    /* where the first search of all begins */
	int64_t patience; /* seconds that an incomplete series waits */
	bool all;         /* tell of series without findings too */
	/* A line for people about something that goes wrong. */
	void (*warn)(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
};

/* What a round comes to. */
struct watch_counts {
	size_t linted;     /* series */
	size_t introduced; /* findings in them */
	size_t failing;    /* of these, warnings and errors */
	size_t trouble;    /* series of which not all could be looked at, or nothing */
	size_t waiting;    /* incomplete ones */
	size_t left;       /* resends, and incomplete ones that were superseded */
	size_t delivered, undelivered;
};

/*
 * One round.  STATUS_TEMPFAIL when the archive cannot be asked; the counts are
 * right in any case.
 */
int watch_round(struct watch *w, struct watch_counts *counts, struct err *err)
	__attribute__((warn_unused_result));

/* "3 series linted, 1 finding introduced, 1 series waits for patches" */
void watch_summary(const struct watch_counts *counts, struct buf *out);

#endif

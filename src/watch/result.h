/* SPDX-License-Identifier: GPL-2.0-only */
/* What is told of a posting: text, JSON (doc/watch.schema.json), a subject line. */
#ifndef WATCH_RESULT_H
#define WATCH_RESULT_H

#include "delta.h"
#include "mail/series.h"
#include "report/lint_report.h"
#include "store/watch_state.h"

/* All that a result is made of. */
struct told {
	const struct watch_key *watch;
	const struct series *series; /* found may be 0 */
	const char *message_id;      /* a mail of the posting, for when there is no series */
	int64_t round;               /* how often the posting was told before */
	int64_t now;
	const struct lint_report *report; /* NULL: it was not linted */
	const char *trouble;              /* why not; NULL */
	const struct delta *delta;
};

/* Whether it says more than that all is well. */
bool result_matters(const struct told *told);

/*
 * Make it.  The delivery id and the name depend on the watch, the posting and
 * the round alone, the text and the JSON on what was found.
 */
void result_make(const struct told *told, struct watch_result *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* What became of an older revision's findings in a newer one. */
#ifndef WATCH_DELTA_H
#define WATCH_DELTA_H

#include <jansson.h>

#include "base/buf.h"
#include "store/watch_state.h"
#include "verdict/lint.h"
#include "verdict/verdict.h"

/* Free with delta_release(). */
struct delta {
	int revision;      /* the older one; 0: there is none, all is empty */
	char *message_id;  /* its first mail */
	bool before_whole; /* all of the older one could be looked at */
	bool whole;        /* and all of the newer one, so that what is gone is fixed */
	struct findings before, after;
	size_t n_after; /* of after; those behind them are suppressed and not told */
	struct verdicts verdicts;
	size_t still, gone, fresh; /* how many */
};

/* What a lint's findings are kept as: those that count, as JSON text.  Caller frees. */
char *delta_findings(const struct lint *lint);

/*
 * Compare what a lint found with an earlier revision's findings.  WHOLE says
 * whether all of the series could be looked at.
 */
void delta_make(const struct watch_before *before, const struct lint *lint, bool whole,
		struct delta *out);

/* A line for each finding; nothing without an older revision. */
void delta_text(const struct delta *delta, struct buf *out);

/* {"revision", "message_id", ...}, or null without an older revision. */
json_t *delta_json(const struct delta *delta);

void delta_release(struct delta *delta);

#endif

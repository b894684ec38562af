/* SPDX-License-Identifier: GPL-2.0-only */
/* scan --baseline: what is known already, from a report or a revision. */
#ifndef CMD_SCAN_BASELINE_H
#define CMD_SCAN_BASELINE_H

#include "cmd.h"
#include "tree/snapshot.h"
#include "verdict/baseline.h"

/* Initialise to 0, free with scan_baseline_release(). */
struct scan_baseline {
	const char *word;       /* as it was written; NULL: there is none */
	bool is_revision;       /* else a report */
	struct baseline report; /* of a report */
	struct revision rev;
	struct findings findings; /* of the revision, below prefix */
	char *prefix;             /* NULL: not scanned yet */
};

/* Look up the word before any work is done; a report is read. */
int scan_baseline_open(struct app *app, const char *word, struct scan_baseline *baseline,
		       struct err *err) __attribute__((warn_unused_result));

/*
 * What to compare a target with, whose files are SNAP's; a revision is scanned
 * with ENGINE.  Valid until the next call.
 */
int scan_baseline_find(struct app *app, struct scan_baseline *baseline, const struct engine *engine,
		       const char *target, const struct snapshot *snap, const struct findings **out,
		       struct err *err) __attribute__((warn_unused_result));

void scan_baseline_release(struct scan_baseline *baseline);

#endif

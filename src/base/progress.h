/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Progress of long work, like git's: one line on stderr that is rewritten, only
 * when stderr is a terminal and only after two seconds.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct progress {
	const char *title;
	bool on, shown;
	struct timespec next;
};

void progress_start(struct progress *p, const char *title, bool quiet);

/* CTX is the struct progress. */
void progress_update(void *ctx, size_t done, size_t total);

/* Take the line away. */
void progress_stop(struct progress *p);

#endif

// SPDX-License-Identifier: GPL-2.0-only
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

void progress_start(struct progress *p, const char *title, bool quiet)
{
	*p = (struct progress){ .title = title, .on = !quiet && isatty(STDERR_FILENO) };
	clock_gettime(CLOCK_MONOTONIC, &p->next);
	p->next.tv_sec += 2;
}

void progress_update(void *ctx, size_t done, size_t total)
{
	struct progress *p = ctx;
	struct timespec now;

	if (!p->on)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec < p->next.tv_sec ||
	    (now.tv_sec == p->next.tv_sec && now.tv_nsec < p->next.tv_nsec))
		return;
	fprintf(stderr, "\r%s: %3zu%% (%zu/%zu)", p->title, total ? 100 * done / total : 100, done,
		total);
	fflush(stderr);
	p->shown = true;
	p->next = now;
	p->next.tv_nsec += 100000000;
	if (p->next.tv_nsec >= 1000000000) {
		p->next.tv_nsec -= 1000000000;
		p->next.tv_sec++;
	}
}

void progress_stop(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->on = p->shown = false;
}

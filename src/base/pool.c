// SPDX-License-Identifier: GPL-2.0-only
#include "pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

#include "mem.h"

struct worker {
	pthread_t thread;
	bool started;
	int index;
	void (*fn)(void *ctx, int worker);
	void *ctx;
};

static void *entry(void *arg)
{
	struct worker *w = arg;

	w->fn(w->ctx, w->index);
	return NULL;
}

void pool_run(int n, void (*fn)(void *ctx, int worker), void *ctx)
{
	struct worker *workers = xcalloc((size_t)n, sizeof(*workers));

	for (int i = 0; i < n; i++)
		workers[i] = (struct worker){ .index = i, .fn = fn, .ctx = ctx };
	for (int i = 0; i < n - 1; i++)
		workers[i].started = !pthread_create(&workers[i].thread, NULL, entry, &workers[i]);
	entry(&workers[n - 1]);
	for (int i = 0; i < n - 1; i++)
		if (workers[i].started)
			pthread_join(workers[i].thread, NULL);
	free(workers);
}

int pool_cpus(void)
{
	cpu_set_t set;
	int n;

	if (sched_getaffinity(0, sizeof(set), &set))
		return 1;
	n = CPU_COUNT(&set);
	return n > 0 ? n : 1;
}

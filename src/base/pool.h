/* SPDX-License-Identifier: GPL-2.0-only */
/* N threads that run one function each, until all have returned. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

/*
 * Call fn(ctx, 0) ... fn(ctx, n - 1), each in its own thread (the last one in
 * the caller's), and return when all have.  n is at least 1.  A thread that
 * cannot be started is made up for by the others only if FN takes its work
 * from a shared queue.
 */
void pool_run(int n, void (*fn)(void *ctx, int worker), void *ctx);

/* The number of processors that may be used, at least 1. */
int pool_cpus(void);

#endif

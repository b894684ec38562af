/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is kept from one run to the next, in one SQLite file: results by key.
 * A key says everything that a result depends on, so an entry is never stale.
 * A damaged or foreign file is renamed and a new one begun; entries carry a
 * checksum.  Several runs may share a file; who finds it locked goes without.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/buf.h"
#include "base/err.h"

struct store;

/*
 * Open PATH, made with its directories when absent.  *warning (caller frees)
 * is set when a file was set aside.  -1 when it cannot be used at all.
 */
int store_open(struct store **store, const char *path, char **warning, struct err *err)
	__attribute__((warn_unused_result));

/* A store that is gone with the run, for who must not or cannot use the file. */
struct store *store_in_memory(void);

/*
 * Look up a key of a kind: 1 with the value in *value, 0 when there is none
 * (also when the entry is damaged or the file is locked).  Safe from several
 * threads.
 */
int store_get(struct store *store, const char *kind, const char *key, struct buf *value);

/*
 * Keep a value: found from now on, and written by store_flush() or store_close()
 * together with all others.  A key stands for one value.
 */
void store_put(struct store *store, const char *kind, const char *key, const void *p, size_t n);

/* Write what was put so far, for who goes on for long; what cannot be written is forgotten. */
void store_flush(struct store *store);

/*
 * Write what was put and close.  *warning (caller frees) is set when it could
 * not be written; the results at hand are as good without.
 */
void store_close(struct store *store, char **warning);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the engine keeps between runs: the findings of one rule in one blob, and
 * which files of a whole tree hold a set of tokens.
 */
#ifndef ENGINE_CACHED_H
#define ENGINE_CACHED_H

#include <stdbool.h>

#include "base/strv.h"
#include "consult.h"
#include "finding.h"
#include "store/store.h"

/* Part of every key: change it when the same input can give other output. */
#define ENGINE_VERSION 1

struct cache {
	struct store *store; /* NULL: nothing is kept */
	const char *spatch_identity;
	bool whole_files;
};

/*
 * The findings of the rule that consults, in a blob, without path and rev: true
 * when they are kept.  What it consults is part of the key.
 */
bool cache_get(const struct cache *cache, const struct consults *consults, const char *blob,
	       struct findings *out);

/* Keep them, unless one of them is transient. */
void cache_put(const struct cache *cache, const struct consults *consults, const char *blob,
	       const struct findings *findings);

/*
 * Candidates of a tree: for a question (a text that says what was searched
 * for and where) the lines "BLOB PATH".  True when they are kept.
 */
bool cache_get_candidates(const struct cache *cache, const char *tree, const char *question,
			  struct strv *lines);
void cache_put_candidates(const struct cache *cache, const char *tree, const char *question,
			  const struct strv *lines);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The engine: a snapshot and rules in, findings and what could not be analysed
 * out.  A clean file costs no spatch run.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include <stdbool.h>

#include "base/err.h"
#include "finding.h"
#include "rule.h"
#include "spatch.h"
#include "store/store.h"
#include "tree/snapshot.h"

struct engine {
	const struct rule *const *rules; /* the ones to run */
	size_t n_rules;
	struct spatch *spatch;
	struct store *store; /* NULL: no cache */
	int jobs;            /* threads and spatch processes, at least 1 */
	bool all_paths;      /* ignore the rules' path globs */
	bool whole_files;    /* no slices */
	/* Called now and then from one thread; files read and files in all.  May be NULL. */
	void (*progress)(void *ctx, size_t done, size_t total);
	void *progress_ctx;
};

struct engine_stats {
	size_t files;      /* C files under the rules' paths */
	size_t candidates; /* of them hold a rule's tokens */
	bool from_cache;   /* the list of candidates came from the cache */
};

/*
 * Scan a snapshot.  Findings get path and rev and are in order.  -1 when a file
 * cannot be read or spatch cannot be run; OUT is empty then.
 */
int engine_scan(const struct engine *engine, struct snapshot *snap, struct findings *out,
		struct engine_stats *stats, struct err *err) __attribute__((warn_unused_result));

/*
 * The same for the files that were put into the snapshot's list and no others;
 * the rules' paths count.  What was searched is not kept, what was found is.
 */
int engine_scan_files(const struct engine *engine, struct snapshot *snap, struct findings *out,
		      struct err *err) __attribute__((warn_unused_result));

/*
 * What a rule consults in a tree, as a key: where two trees have one key, the
 * rule has one answer for equal files.  The caller frees *key.
 */
int engine_consulted(const struct engine *engine, const struct rule *rule, struct snapshot *snap,
		     char **key, struct err *err) __attribute__((warn_unused_result));

/*
 * Scan bytes as the file PATH of a tree, without a snapshot, for a refactor's
 * result.  The rules' paths count.  Of what rules consult only PATH is there.
 */
int engine_scan_text(const struct engine *engine, const char *path, const char *text, size_t len,
		     struct findings *out, struct err *err) __attribute__((warn_unused_result));

/* Whether a path is a C source or header, the only files that are looked at. */
bool engine_is_c(const char *path);

#endif

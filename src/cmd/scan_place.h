/* SPDX-License-Identifier: GPL-2.0-only */
/* What the words on the command line name: directories, files and revisions; and its scan. */
#ifndef CMD_SCAN_PLACE_H
#define CMD_SCAN_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "cmd.h"
#include "tree/snapshot.h"

struct scan_place {
	char *name; /* as it was written; a glob's: the branch */
	bool is_path;
	struct revision rev; /* when it is no path */
};

/* Initialise to 0, free with scan_places_release(). */
struct scan_places {
	struct scan_place *v;
	size_t n, cap;
};

/*
 * Look up all words before anything is read; globs stand for branches, no word
 * for the current directory.  A word that is both a path and a revision is an
 * error, unless "--" says which.
 */
int scan_places_find(struct app *app, struct scan_places *places, int argc, char **argv,
		     struct err *err) __attribute__((warn_unused_result));

/* Whether a word names a revision; without a repository nothing does. */
bool scan_place_is_revision(struct app *app, const char *word);

/* Its files; free with snapshot_release(). */
int scan_place_open(struct app *app, const struct scan_place *p, struct snapshot *snap,
		    struct err *err) __attribute__((warn_unused_result));

/* engine_scan(), with progress on a terminal. */
int scan_snapshot(const struct app *app, const struct engine *engine, struct snapshot *snap,
		  struct findings *out, struct engine_stats *stats, struct err *err)
	__attribute__((warn_unused_result));

void scan_places_release(struct scan_places *places);

#endif

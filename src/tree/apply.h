/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Apply a diff to a tree, giving a new tree, as git am and git am -3 (git 2.39)
 * do, without a work tree or an index.  A patch applies as a whole or not at all.
 *
 * Other than git, it refuses binary patches, submodules, names that
 * diff_path_ok() refuses, headers that contradict themselves, files of more
 * than READER_MAX bytes and patches that need too much work or memory.
 */
#ifndef TREE_APPLY_H
#define TREE_APPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "diff/diff.h"
#include "repo.h"

enum apply_how {
	APPLY_EXACT,   /* every hunk at its line */
	APPLY_MOVED,   /* at least one at another line */
	APPLY_MERGED,  /* by a 3-way merge */
	APPLY_ALREADY, /* by a 3-way merge, after which nothing had changed */
};

/* What became of a patch; free with applied_release(). */
struct applied {
	enum apply_how how;
	char tree[OID_HEX];   /* the new tree; when refused the old one */
	char *path;           /* refused: the file; NULL: the whole patch */
	size_t hunk, n_hunks; /* refused: the hunk in that file from 1; 0: the file itself */
	size_t line;          /* refused: of the hunk or file in the diff's text, from 1; 0 */
	/*
	 * Refused: why, for people, on one line ("hunk 2 of 3 does not fit at
	 * line 2183 nor anywhere else"), and for a 3-way merge why that failed.
	 */
	char *reason;
};

#define APPLIED_INIT \
	{            \
		0    \
	}

/* New text that a patch may make in all its files. */
#define APPLY_MAX_TEXT ((size_t)256 << 20)

/*
 * Apply DIFF to TREE: 0, or 1 when it is refused; -1 is an error, such as a
 * blob that a partial clone lacks.  With MERGE, where the diff does not apply as
 * it is, it is applied to the blobs that its index lines name, and the result
 * merged (git am -3).  Blobs and trees are written to the repository (see
 * repo_write_to_memory()).
 */
int apply_diff(struct repo *repo, const char *tree, const struct diff *diff, bool merge,
	       struct applied *out, struct err *err) __attribute__((warn_unused_result));

void applied_release(struct applied *applied);

#endif

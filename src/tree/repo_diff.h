/* SPDX-License-Identifier: GPL-2.0-only */
/* Differences: of two texts, as line ranges; of two trees, as git shows them. */
#ifndef TREE_REPO_DIFF_H
#define TREE_REPO_DIFF_H

#include <stddef.h>

#include "base/buf.h"
#include "repo.h"

/* Lines [old_line, old_line + old_count) became [new_line, new_line + new_count). */
struct line_change {
	int old_line, old_count; /* from 1; for a count of 0 the line before which it is */
	int new_line, new_count;
};

/* The changes from one text to another, in order; the caller frees *changes. */
int text_changes(const char *old, size_t old_len, const char *new, size_t new_len,
		 struct line_change **changes, size_t *n, struct err *err)
	__attribute__((warn_unused_result));

/*
 * The diff of two trees as git format-patch prints it: the diffstat with its
 * summary, and the patch with 12-digit blob ids.
 */
int repo_diff_trees(struct repo *repo, const char *old_tree, const char *new_tree, struct buf *stat,
		    struct buf *patch, struct err *err) __attribute__((warn_unused_result));

/* A regular file that differs between two trees.  Strings are owned. */
struct file_change {
	char *old_path, *new_path; /* NULL: it is not there; both differ: renamed */
	char old_blob[OID_HEX], new_blob[OID_HEX];
};

/* Free with file_changes_release(). */
struct file_changes {
	struct file_change *v;
	size_t n, cap;
};

/*
 * What differs between two trees, by path, renames found as git does by
 * default.  Links and submodules are left out.
 */
int repo_changes(struct repo *repo, const char *old_tree, const char *new_tree,
		 struct file_changes *out, struct err *err) __attribute__((warn_unused_result));

void file_changes_release(struct file_changes *changes);

#endif

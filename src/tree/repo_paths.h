/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The blobs of some paths in many trees, one tree after the other.  What is
 * the same as in the tree before is not looked at again, so that a history of
 * thousands of commits costs little.
 */
#ifndef TREE_REPO_PATHS_H
#define TREE_REPO_PATHS_H

#include "repo.h"

struct path_finder;

/* PATHS must live as long as the finder; REPO too. */
struct path_finder *path_finder_new(struct repo *repo, const struct strv *paths);
void path_finder_free(struct path_finder *f);

/* Look into a tree; an error when a directory of it is not in the repository. */
int path_finder_look(struct path_finder *f, const char *tree, struct err *err)
	__attribute__((warn_unused_result));

/* The blob of path I in the last tree, "" when it has no file of that name. */
const char *path_finder_blob(const struct path_finder *f, size_t i);

#endif

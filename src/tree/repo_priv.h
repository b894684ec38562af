/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files repo*.c share; nobody else includes it. */
#ifndef TREE_REPO_PRIV_H
#define TREE_REPO_PRIV_H

#include <git2.h>
#include <git2/sys/odb_backend.h>

#include "repo.h"

#define RECENT_TREES 64

struct repo {
	git_repository *git;
	char *dir;
	/* Where repo_write_to_memory() lets objects go, owned by ODB; else NULL. */
	git_odb_backend *memory;
	git_odb *odb;
	/* The blobs there, as it cannot be asked for shortened ids. */
	git_oid *blobs;
	size_t n_blobs, cap_blobs;
	/* Trees that were looked at, each in the place that its id tells, or NULL. */
	git_tree *recent[RECENT_TREES];
};

/* Record libgit2's last error under a context; -1. */
int git_err(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A commit or tree by its hex id. */
int find_commit(struct repo *repo, const char *hex, git_commit **out, struct err *err);
int find_tree(struct repo *repo, const char *hex, git_tree **out, struct err *err);

/* Write an object, or keep it in memory (repo_write_to_memory()). */
int write_object(struct repo *repo, git_object_t type, const void *p, size_t len, git_oid *out,
		 struct err *err);

/*
 * Add the paths that differ between two trees; a directory that only one of
 * them has is one path.  libgit2's own comparison reads all directories of both.
 */
int changed_paths(struct repo *repo, const git_tree *old, const git_tree *new, struct strv *out,
		  struct err *err);

/* Let go of the trees that were kept. */
void forget_trees(struct repo *repo);

#endif

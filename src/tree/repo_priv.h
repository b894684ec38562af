/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files repo*.c share; nobody else includes it. */
#ifndef TREE_REPO_PRIV_H
#define TREE_REPO_PRIV_H

#include <git2.h>

#include "repo.h"

struct repo {
	git_repository *git;
	char *dir;
};

/* Record libgit2's last error under a context; -1. */
int git_err(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A commit or tree by its hex id. */
int find_commit(struct repo *repo, const char *hex, git_commit **out, struct err *err);
int find_tree(struct repo *repo, const char *hex, git_tree **out, struct err *err);

#endif

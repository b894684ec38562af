/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Writing to a repository: blobs, trees, commits and, last of all, a branch.
 * Until the branch is made nothing can be seen from outside.
 */
#ifndef TREE_REPO_WRITE_H
#define TREE_REPO_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "repo.h"

/* Who and when.  Strings are not owned. */
struct person {
	const char *name, *email;
	int64_t time; /* seconds since 1970 */
	int offset;   /* minutes east of UTC */
};

/*
 * From here on what is written to this handle stays in memory and is gone with
 * it: for --dry-run.
 */
int repo_write_to_memory(struct repo *repo, struct err *err) __attribute__((warn_unused_result));

/* A file to put into a tree in the place of one that is there. */
struct new_file {
	const char *path;
	const char *p;
	size_t len;
};

/* A tree with N files replaced; modes stay. */
int repo_write_tree(struct repo *repo, const char *tree, const struct new_file *files, size_t n,
		    char out[OID_HEX], struct err *err) __attribute__((warn_unused_result));

struct new_commit {
	const char *tree, *parent;
	struct person author, committer;
	const char *message;
};

int repo_write_commit(struct repo *repo, const struct new_commit *commit, char out[OID_HEX],
		      struct err *err) __attribute__((warn_unused_result));

/* Whether a local branch of that name can be made: 0, or an error that says why not. */
int repo_check_branch(struct repo *repo, const char *name, bool force, struct err *err)
	__attribute__((warn_unused_result));

/* Make it, or with force move it. */
int repo_write_branch(struct repo *repo, const char *name, const char *commit, bool force,
		      struct err *err) __attribute__((warn_unused_result));

/*
 * "Name <address>" and an RFC 3339 date ("2021-09-10T15:07:57-07:00") as a
 * person; the strings are the caller's to free.
 */
int person_parse(const char *author, const char *date, struct person *out, char **name,
		 char **email, struct err *err) __attribute__((warn_unused_result));

#endif

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
 * it: for --dry-run, and for trees that nobody is to see.
 */
int repo_write_to_memory(struct repo *repo, struct err *err) __attribute__((warn_unused_result));

/*
 * Free what is in memory, as after each series.  The ids of trees, blobs and
 * commits that this handle wrote and the repository did not have before are of
 * no use from then on; blobs that were read (struct blob) stay valid.  Nothing
 * happens to a handle that writes to the repository.
 */
void repo_forget_written(struct repo *repo);

/* What becomes of a path of a tree.  Strings are not owned. */
struct new_file {
	const char *path;
	const char *p; /* the bytes; NULL: those of the blob */
	size_t len;
	const char *blob;  /* an id */
	unsigned int mode; /* 0100644, 0100755 or MODE_LINK; 0: that of the file there */
	bool gone;         /* the path is taken out */
};

/*
 * A tree (NULL: the empty one) with N paths changed, each named once.
 * Directories come and go with their files.  What is taken out goes first, so
 * that a file can take the place of a directory, or the other way round.  1: it
 * cannot, as something stays there; *CLASH is the index of that file, and err
 * (of status 0) says why; with a CLASH of NULL an error.  Else, as for a path to
 * take out that is not there or one that no tree may have: -1.
 */
int repo_write_tree(struct repo *repo, const char *tree, const struct new_file *files, size_t n,
		    char out[OID_HEX], size_t *clash, struct err *err)
	__attribute__((warn_unused_result));

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

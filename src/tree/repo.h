/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Git repositories: objects, refs and settings, through libgit2, which only
 * the files src/tree/repo*.c know.  The work tree and the index are never
 * touched.  A handle belongs to one thread; repo_dup() makes one for another.
 */
#ifndef TREE_REPO_H
#define TREE_REPO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/strv.h"

#define OID_HEX 41 /* bytes of an object id in hex, with the NUL */

/* The tree without any file; no repository needs to have it. */
#define REPO_EMPTY_TREE "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

struct repo;

/*
 * Start and end the library, once each; from main().  Between them all other
 * functions may be used.
 */
void repo_init(void);
void repo_exit(void);

/*
 * Open the repository that DIR lies in; NULL is the one that $GIT_DIR or else
 * the current directory names.  A foreign owner, sha256 objects and reftables
 * are errors with a message each.  Free with repo_free().
 */
int repo_open(struct repo **repo, const char *dir, struct err *err)
	__attribute__((warn_unused_result));

/* Another handle on the same repository, for another thread. */
int repo_dup(struct repo **copy, const struct repo *repo, struct err *err)
	__attribute__((warn_unused_result));

void repo_free(struct repo *repo);

/* Its directory, as users name it in git -C: the work tree, else the git directory. */
const char *repo_dir(const struct repo *repo);

/* Whether it has no work tree. */
bool repo_is_bare(const struct repo *repo);

/* A revision that was looked up. */
struct revision {
	char commit[OID_HEX];
	char tree[OID_HEX];
	int64_t time; /* the committer's, seconds since 1970 */
};

/*
 * Look up a revision in git's syntax; it must lead to a commit.  0 when found;
 * 1 when there is no such revision (err is not filled); -1 for an error, such
 * as a commit that a shallow or partial clone lacks.
 */
int repo_resolve(struct repo *repo, const char *rev, struct revision *out, struct err *err)
	__attribute__((warn_unused_result));

/*
 * All refs whose full name matches a glob (see base/glob.h), sorted by name:
 * "refs/heads/linux-*.y".  Symbolic ones are left out.
 */
int repo_refs(struct repo *repo, const char *glob, struct strv *out, struct err *err)
	__attribute__((warn_unused_result));

/* Whether commit ANCESTOR can be reached from commit TIP (1), not (0), or an error (-1). */
int repo_is_ancestor(struct repo *repo, const char *ancestor, const char *tip, struct err *err);

/* A file of a tree, as repo_walk() shows it. */
struct tree_file {
	const char *path; /* valid during the call */
	char blob[OID_HEX];
	unsigned int mode;
};

/*
 * Show all regular files of a tree to file(), in the order of the tree.
 * enter() says for each directory (no trailing '/') whether to look into it.
 * Links and submodules are not shown.
 */
int repo_walk(struct repo *repo, const char *tree, bool (*enter)(void *ctx, const char *dir),
	      void (*file)(void *ctx, const struct tree_file *f), void *ctx, struct err *err)
	__attribute__((warn_unused_result));

/* Show them all, and symbolic links too. */
int repo_walk_all(struct repo *repo, const char *tree,
		  void (*file)(void *ctx, const struct tree_file *f), void *ctx, struct err *err)
	__attribute__((warn_unused_result));

/* The bytes of a blob; until blob_release() they belong to the library. */
struct blob {
	const char *p;
	size_t len;
	void *handle;
};

/*
 * Read a blob.  PATH is for the message when it is missing, as in a partial
 * clone: that names the path and the git command that brings it.
 */
int repo_read_blob(struct repo *repo, const char *oid, const char *path, struct blob *blob,
		   struct err *err) __attribute__((warn_unused_result));
void blob_release(struct blob *blob);

/*
 * Find a path in a tree: 0 and its blob id, 1 when there is no regular file of
 * that name.
 */
int repo_find(struct repo *repo, const char *tree, const char *path, char blob[OID_HEX],
	      struct err *err) __attribute__((warn_unused_result));

/* Modes of tree entries. */
#define MODE_TYPE 0170000u
#define MODE_DIR 0040000u
#define MODE_FILE 0100000u
#define MODE_LINK 0120000u
#define MODE_SUBMODULE 0160000u

/* What stands at a path of a tree. */
struct tree_entry {
	unsigned int mode; /* 0100644, 0100755, MODE_LINK, MODE_SUBMODULE or MODE_DIR */
	char id[OID_HEX];  /* of the blob, commit or tree */
};

/*
 * Find what a path of a tree is: 0, or 1 when there is nothing.  The trees on
 * the way are kept for the next call.
 */
int repo_entry(struct repo *repo, const char *tree, const char *path, struct tree_entry *out,
	       struct err *err) __attribute__((warn_unused_result));

/* The id that bytes would have as a blob. */
void blob_id(const void *p, size_t len, char out[OID_HEX]);

/*
 * Settings, in git's order: the repository's, the user's, the system's.  REPO
 * may be NULL: then without the repository's.  The caller frees; NULL when unset.
 */
char *repo_setting(struct repo *repo, const char *key);

/* All values of a setting that may be given several times. */
void repo_settings(struct repo *repo, const char *key, struct strv *out);

#endif

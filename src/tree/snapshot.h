/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files at one state: a revision of a repository, or a directory.  It lists
 * paths; contents are read through a reader, one for each thread.
 */
#ifndef TREE_SNAPSHOT_H
#define TREE_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "repo.h"

struct snapshot_file {
	char *path;         /* from the root, with '/' */
	char blob[OID_HEX]; /* "" where it is not known yet (a directory's) */
};

/* Free with snapshot_release(). */
struct snapshot {
	char *rev;                   /* the revision as it was named, NULL for a directory */
	char commit[OID_HEX];        /* "" for a directory */
	char tree[OID_HEX];          /* "" for a directory */
	char *root;                  /* the directory's root, NULL for a revision */
	char *prefix;                /* path below the root that was asked for, "" for all */
	struct repo *repo;           /* not owned, NULL for a directory */
	struct snapshot_file *files; /* in bytewise order of path; see snapshot_list() */
	size_t n, cap;
};

/* Which files and directories a listing wants; paths are from the root. */
struct snapshot_filter {
	bool (*dir)(void *ctx, const char *path);
	bool (*file)(void *ctx, const char *path);
	void *ctx;
};

/* A revision that was looked up as REV.  Nothing is read yet. */
void snapshot_init_rev(struct snapshot *snap, struct repo *repo, const char *rev,
		       const struct revision *found);

/*
 * A directory or a single file on disk.  The root is the nearest parent that
 * is a repository's or has Kbuild and MAINTAINERS, else the directory itself.
 */
int snapshot_init_dir(struct snapshot *snap, const char *path, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Fill files[] with what the filter wants.  Symbolic links are not followed,
 * directories named .git left out.  A directory that cannot be read is an error.
 */
int snapshot_list(struct snapshot *snap, const struct snapshot_filter *filter, struct err *err)
	__attribute__((warn_unused_result));

/* Add one file to the list, for callers that know it already. */
void snapshot_add(struct snapshot *snap, const char *path, const char *blob);

/*
 * Find one file, listed or not: 0 and its blob id ("" in a directory), 1 when
 * there is no regular file of that path.  Links are not followed.
 */
int snapshot_find(struct snapshot *snap, const char *path, char blob[OID_HEX], struct err *err)
	__attribute__((warn_unused_result));

void snapshot_release(struct snapshot *snap);

/* Reads files of one snapshot, for one thread. */
struct reader;

int reader_open(struct reader **reader, const struct snapshot *snap, struct err *err)
	__attribute__((warn_unused_result));

/*
 * The bytes of a file, valid until the next call: 0.  A file of more than
 * READER_MAX bytes: 1, and err is not filled.  One that is missing or is no
 * regular file any more is an error.
 */
#define READER_MAX ((size_t)64 << 20)
int reader_read(struct reader *reader, const struct snapshot_file *file, const char **p,
		size_t *len, struct err *err) __attribute__((warn_unused_result));

void reader_close(struct reader *reader);

#endif

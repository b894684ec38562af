/* SPDX-License-Identifier: GPL-2.0-only */
/* History: the commits of a range, and the recent ones of all branches. */
#ifndef TREE_REPO_LOG_H
#define TREE_REPO_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "repo.h"

/* Strings are owned; release with commits_release(). */
struct commit {
	char id[OID_HEX], tree[OID_HEX];
	struct strv parents; /* ids; none for a root */
	char *summary;       /* the first paragraph of the message, on one line */
	int64_t time;        /* the committer's, seconds since 1970 */
};

struct commits {
	struct commit *v;
	size_t n, cap;
};

/*
 * The commits that can be reached from TO and not from FROM, both ids, parents
 * before children.  A range that reaches the cut of a shallow clone is an
 * error which tells what to fetch.
 */
int repo_range(struct repo *repo, const char *from, const char *to, struct commits *out,
	       struct err *err) __attribute__((warn_unused_result));

void commits_release(struct commits *commits);

/*
 * Show the commits that HEAD, local and remote branches reach and whose time
 * lies in [FROM, TO], newest first, to visit().  The cut of a shallow clone is
 * the end of history.
 */
int repo_recent(struct repo *repo, int64_t from, int64_t to,
		void (*visit)(void *ctx, const struct commit *c), void *ctx, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Show the commits that changed one of PATHS against their only parent, or as a
 * root, newest first: the subject, and for each path a '1' or a '0' in CHANGED.
 * The LOOK newest commits that COMMIT reaches are looked at, until visit() says
 * false.  The cut of a shallow clone is the end.
 */
int repo_touching(struct repo *repo, const char *commit, const struct strv *paths, size_t look,
		  bool (*visit)(void *ctx, const char *subject, const char *changed), void *ctx,
		  struct err *err) __attribute__((warn_unused_result));

/* Who wrote a commit and what about it.  Strings are owned. */
struct commit_text {
	char *author_name, *author_email;
	int64_t time; /* the author's, seconds since 1970 */
	int offset;   /* minutes east of UTC */
	char *message;
	char *parent; /* the first one's id, NULL for a root */
};

/* Read it; free with commit_text_release(). */
int repo_commit_text(struct repo *repo, const char *commit, struct commit_text *out,
		     struct err *err) __attribute__((warn_unused_result));
void commit_text_release(struct commit_text *text);

/* Whether the clone is shallow. */
bool repo_is_shallow(struct repo *repo);

/* What brings the history that a shallow clone lacks, for messages. */
#define REPO_DEEPEN_HINT                                                                          \
	"'git fetch --unshallow' brings it; in CI: fetch-depth: 0 for GitHub's checkout action, " \
	"GIT_DEPTH: \"0\" as a variable of the GitLab job"

#endif

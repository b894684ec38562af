/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A review: a linted series goes through a table of checks, each of which adds
 * notes.  A check sees the series, the thread and the trees, and no other
 * check's notes.
 */
#ifndef REVIEW_REVIEW_H
#define REVIEW_REVIEW_H

#include <stdbool.h>

#include "diff/diff.h"
#include "engine/engine.h"
#include "lexicon.h"
#include "mail/series.h"
#include "mail/thread.h"
#include "note.h"
#include "tree/repo.h"
#include "verdict/lint.h"

struct review_options {
	struct strv off; /* ids of the checks that are not to run */
	bool fresh;      /* as if nobody had answered */
	bool trust;      /* run the base's scripts although the series changes such files */
	struct lexicon_options lists;
	struct strv checkpatch_ignore; /* globs over "TYPE: message" that are not noted */
};

struct revisions;

/* Code that a reply proposes, put into a tree in memory, with the notes on it. */
struct proposal {
	char *message_id;
	char *author;     /* "Name <addr>" */
	const char *kind; /* "function", "diff" or "patch" */
	char *name;       /* the function's, or the patch's subject; NULL */
	size_t patch;     /* index of what it answers, or NOTE_SERIES */
	bool applied;     /* it could be put into the tree */
	char *onto;       /* into which: "after 5/6", "before 5/6" or "the base"; else NULL */
	char *reason;     /* why not, else NULL */
	/* What was in that tree and is mended, and code that cannot be analysed since. */
	struct findings fixes;
	char *equals; /* the id of the refactor that gives the same file; or NULL */
	struct notes notes;
};

/* All but the results is the caller's. */
struct review {
	const struct review_options *options;
	struct repo *repo; /* writes to memory */
	const struct engine *engine;
	const struct pack *pack;
	const struct series *series;
	const struct thread *thread;       /* NULL for a range */
	const struct series *older;        /* another revision to compare it with; NULL: none */
	const struct thread *older_thread; /* the mails that it came from */
	const struct lint *lint;           /* of this series; of a single mail only its own patch */
	/* Results; free with review_release(). */
	struct notes notes;
	struct proposal *proposals;
	size_t n_proposals, cap_proposals;
	struct strv said;            /* for -v: what was not done and why, a line each */
	struct lexicon *lexicon;     /* use review_lexicon() */
	struct revisions *revisions; /* revision.h; NULL: there is no older one */
};

void proposal_release(struct proposal *p);

/* Run the checks that are not off; notes are sorted after it. */
int review_run(struct review *r, struct err *err) __attribute__((warn_unused_result));

/* The checks' ids and what each looks at, for --help and for checking names; NULL at the end. */
struct review_check {
	const char *id, *what;
	int (*run)(struct review *r, struct err *err);
};
extern const struct review_check review_checks[];

/* Patch I of the lint as the series has it. */
const struct series_patch *review_patch(const struct review *r, size_t i);

/* Whether patch I is in the tree, so that its code can be looked at. */
bool review_applied(const struct review *r, size_t i);

/*
 * A check goes without something that cannot be read, as in a partial clone:
 * "WHAT: why" is said, and ERR is no error any more.
 */
void review_go_without(struct review *r, const char *what, struct err *err);

/* What can be parsed of patch I's diff; free with diff_release(). */
void review_diff(const struct review *r, size_t i, struct diff *diff);

/* The tree that the first patch is for, where there is one; else NULL. */
const char *review_base_tree(const struct review *r);

/* The commit that the first patch is for: 0, or 1 when there is none. */
int review_base_commit(const struct review *r, char out[OID_HEX], struct err *err)
	__attribute__((warn_unused_result));

/* The word lists, read when they are asked for the first time. */
int review_lexicon(struct review *r, const struct lexicon **lex, struct err *err)
	__attribute__((warn_unused_result));

void review_release(struct review *r);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One change from some trees to another one, a merge having several before it:
 * which files differ, and what the rules find in them on each side.
 */
#ifndef VERDICT_SIDES_H
#define VERDICT_SIDES_H

#include <stdbool.h>

#include "engine/engine.h"
#include "tree/repo_diff.h"
#include "verdict.h"

/* What all changes of a run share. */
struct sides_of {
	struct repo *repo;
	const struct engine *engine;
};

/* The change as seen from one of the trees before. */
struct side {
	char tree[OID_HEX];
	struct file_changes changes;
	struct findings found; /* before the change */
	struct renamed *renames;
	size_t n_renames;
	struct verdicts verdicts; /* of found and the findings after */
};

/* Free with sides_release(). */
struct sides {
	const struct sides_of *of;
	struct side *v;
	size_t n;
	char tree[OID_HEX]; /* after the change */
	char *rev;          /* what findings carry as their revision, or NULL */
	int *other;         /* for each rule: what it consults is another after the change */
	struct findings after;
};

/* Compare the trees BEFORE with AFTER; nothing is searched yet. */
int sides_open(struct sides *s, const struct sides_of *of, const struct strv *before,
	       const char *after, const char *rev, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Look at the files of N changes at once, so that sides_scan() finds the
 * results in the engine's store: one spatch run serves many states.
 */
int sides_prefetch(const struct sides *v, size_t n, struct err *err)
	__attribute__((warn_unused_result));

/* Find and pair what is there before and after. */
int sides_scan(struct sides *s, struct err *err) __attribute__((warn_unused_result));

/* Add what rules find in a whole tree, for those whose answer may be another in any file. */
int sides_scan_tree(const struct sides *s, const struct engine *engine, const char *tree,
		    struct findings *out, struct err *err) __attribute__((warn_unused_result));

/* Whether a file differs from all trees before: a merge's own change. */
bool sides_in_all(const struct sides *s, const struct file_change *c);

/* Whether a change's file lies under some rule's paths, before or after. */
bool sides_under_rules(const struct sides *s, const struct file_change *c);

/* The file's name: after the change, else before it. */
const char *change_path(const struct file_change *c);

void sides_release(struct sides *s);

#endif

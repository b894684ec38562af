/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files that a rule consults, as one tree has them.  They are looked at
 * together with each candidate, for the definitions that the rule names; what
 * is found in them does not count.
 */
#ifndef ENGINE_CONSULT_H
#define ENGINE_CONSULT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "rule.h"
#include "source.h"
#include "tree/snapshot.h"

struct consulted {
	const char *path;   /* the rule's */
	char blob[OID_HEX]; /* in a repository; "": the tree has no such file */
	char *text;         /* NULL: the tree has no such file, or it was not read */
	struct source src;  /* of the text */
	bool too_large;     /* never read */
};

/* Free with consults_release(). */
struct consults {
	const struct rule *rule;
	bool whole;          /* spatch sees all of them, not only the definitions */
	struct consulted *v; /* one a path that the rule names */
	size_t n;
	/*
	 * Their paths and what spatch sees of them, "" for a rule that consults
	 * nothing: two trees with one key give one answer for a file.
	 */
	char *key;
};

/* For a tree that has none of the files, until one is found or set. */
void consults_init(struct consults *c, const struct rule *rule, bool whole);
void consults_release(struct consults *c);

/* Look the files up in a snapshot and read them. */
int consults_find(struct consults *c, struct snapshot *snap, struct err *err)
	__attribute__((warn_unused_result));

/* Set the text of PATH, which is copied; nothing happens when the rule does not consult it. */
void consults_set(struct consults *c, const char *path, const char *text, size_t len);

/* Whether a function of the file is one of the definitions that the rule names. */
bool consulted_defines(const struct consults *c, const struct function *fn);

/*
 * Whether a file that was read may hold a definition that the rule names.  In
 * doubt about boundaries it may as soon as the name stands in its code.
 */
bool consulted_matters(const struct consults *c, const struct consulted *file);

/* The text with only these definitions' bodies, or all of it when WHOLE.  The caller frees. */
char *consulted_slice(const struct consults *c, const struct consulted *file, bool whole);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the engine says: findings, and what could not be analysed.  Writers,
 * review and backport see only these.
 */
#ifndef ENGINE_FINDING_H
#define ENGINE_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "tree/repo.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

const char *severity_name(enum severity severity);

/* Strings are owned. */
struct finding {
	char *rule; /* its id */
	enum severity severity;
	char *path;       /* from the root */
	int line, column; /* from 1; the primary place */
	int end_column;   /* first column behind it; 0: not known */
	int end_line;     /* the last line of the site, >= line */
	int *lines;       /* all lines of the site, ascending, line among them */
	size_t n_lines;
	char *function; /* "" outside of one */
	char *message;
	char *snippet;             /* the source from line to end_line, shortened */
	char *identity;            /* the tokens at the places, for verdicts */
	char fingerprint[OID_HEX]; /* rule, path, function, identity, ordinal */
	char *rev;                 /* the revision as named, NULL for a directory */
};

/* Code with a rule's tokens that was not analysed.  Strings are owned. */
struct unseen {
	char *rule;
	char *path;
	int line;       /* from 1; 0: the whole file */
	char *function; /* "" when it is not in one */
	char *reason;
	bool transient; /* another run may do better: never cached */
	char *rev;
};

struct findings {
	struct finding *v;
	size_t n, cap;
	struct unseen *unseen;
	size_t n_unseen, cap_unseen;
};

/* Take over one; the pointer stays valid until the next of its kind. */
struct finding *findings_add(struct findings *fs, const struct finding *f);
struct unseen *findings_add_unseen(struct findings *fs, const struct unseen *u);

/* Move all of FROM behind TO; FROM is empty after it. */
void findings_move(struct findings *to, struct findings *from);

/*
 * The findings of one snapshot: sort by path, line, rule, drop equal ones
 * and give each its fingerprint.
 */
void findings_finish(struct findings *fs);

void finding_release(struct finding *f);
void unseen_release(struct unseen *u);
void findings_release(struct findings *fs);

#endif

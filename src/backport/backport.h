/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A refactor on stable branches: for each target the changed tree, a commit on
 * a new branch, a mail, and a report.  HEAD, index and work tree are not
 * touched; the branch is made last.
 */
#ifndef BACKPORT_BACKPORT_H
#define BACKPORT_BACKPORT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "engine/engine.h"
#include "engine/rule.h"
#include "target.h"
#include "tree/repo_write.h"

enum backport_state {
	BACKPORT_NOT_AFFECTED, /* nothing to convert */
	BACKPORT_DONE,
	BACKPORT_HUMAN,  /* the pattern is there, the refactor does not fit */
	BACKPORT_FAILED, /* it could not be done or did not verify */
};

struct backport {
	struct repo *repo;
	const struct engine *engine; /* with all rules */
	const struct refactor *refactor;
	struct person user;   /* commits and signs off */
	const char *branch;   /* --branch, or NULL for icrfix/REFACTOR/TARGET */
	const char *mail_dir; /* -o, "-" for standard output, or NULL */
	const char *mail_to;  /* icrfix.to, or NULL */
	bool dry_run, force;
};

struct converted {
	char *path, *function;
	int line, end_line; /* what was replaced, in the target's text */
	int at;             /* the finding's line in it, where there was one */
};

/* What became of one target.  Free with outcome_release(). */
struct outcome {
	const struct target *target;
	enum backport_state state;
	char *reason; /* for a human, or why it failed; NULL otherwise */
	struct converted *converted;
	size_t n_converted, cap_converted;
	struct findings left; /* what the refactor mends and left alone; what was not analysed */
	struct strv notes;
	char *branch;         /* made, or would be with dry_run; NULL otherwise */
	char commit[OID_HEX]; /* "" with dry_run */
	char *mail_name;      /* file in mail_dir, or NULL */
	struct buf mail;      /* its text */
	enum status status;   /* what this target means for the exit status */
};

/*
 * Work on one target.  Whatever goes wrong is in the outcome, and the target's
 * part of the repository is as it was.
 */
void backport_one(const struct backport *bp, const struct target *target, struct outcome *out);

void outcome_release(struct outcome *out);

const char *backport_state_name(enum backport_state state);

/* The report of a run, written by one of the functions below. */
struct backport_report {
	const struct backport *bp;
	const struct outcome *outcomes;
	size_t n;
	const struct strv *warnings;
	bool color;
};

typedef void backport_writer(const struct backport_report *report, struct buf *out);
backport_writer backport_text, backport_json;

/* The commit message; the caller frees. */
char *backport_message(const struct backport *bp);

/*
 * The mail for an outcome whose commit has the given trees, as git format-patch
 * would write it: into out->mail, its file name into out->mail_name.
 */
int backport_mail(const struct backport *bp, struct outcome *out, const char *new_tree,
		  struct err *err) __attribute__((warn_unused_result));

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* On which commit a series is based. */
#ifndef VERDICT_BASE_H
#define VERDICT_BASE_H

#include "mail/series.h"
#include "tree/repo.h"

enum base_how {
	BASE_GIVEN,   /* the user said so */
	BASE_TOLD,    /* the series says so: base-commit */
	BASE_GUESSED, /* the commit whose blobs match the series' index lines best */
	BASE_PARENT,  /* a range: each commit is compared with its own parent */
	BASE_NONE,    /* there is no patch, so none was sought */
};

/* Free with base_release(). */
struct base {
	enum base_how how;
	char *name; /* as it was given, told, or the commit's id */
	struct revision rev;
	char *summary;         /* of a guessed one: the commit's subject; else NULL */
	size_t matched, asked; /* of a guessed one: files whose blob matches, of all */
	size_t ties;           /* other commits in the window that match as many */
};

/*
 * Find it: GIVEN (or NULL), else the base-commit of the series, else among the
 * commits that HEAD and the local and remote branches reach, from DAYS before
 * to 7 days after the series' date, the newest of those whose blobs match the
 * most index lines, and HEAD for a series that only adds files.  What the user
 * should know (a base-commit that is not here) is added to NOTES.  Nothing that
 * matches is an error.
 */
int base_find(struct repo *repo, const struct series *series, const char *given, int days,
	      struct base *out, struct strv *notes, struct err *err)
	__attribute__((warn_unused_result));

/* A sentence for people: "base: ...". */
void base_text(const struct base *base, struct buf *out);

void base_release(struct base *base);

#endif

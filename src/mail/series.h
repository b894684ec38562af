/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A patch series, put in order: the plain data that pull, lint, review and
 * backport share.  Everything in it is owned by it; the thread it was made
 * from may go.
 */
#ifndef MAIL_SERIES_H
#define MAIL_SERIES_H

#include <stdbool.h>
#include <stddef.h>

#include "address.h"
#include "embedded.h"
#include "thread.h"
#include "trailers.h"

/* One patch, or a cover letter.  Strings are NULL in a missing one, unless known. */
struct series_patch {
	int n, m;
	bool missing;  /* no such mail; subject and message_id may be known */
	char *subject; /* the title without prefixes */
	char *prefix;  /* "RFC PATCH v4 5/6" */
	char *message_id;
	struct address author; /* the in-body From: where there is one */
	struct address sender;
	long long date;        /* seconds since 1970, the author's */
	int tz;                /* minutes east of UTC */
	char *changelog;       /* with its own trailers */
	struct trailers own;   /* trailers in the changelog */
	struct trailers taken; /* from replies, as received */
	char *notes;           /* between "---" and the diff */
	char *diff;            /* text for diff_parse(); NULL in a cover letter */
	size_t diff_len;
	size_t files;
	char *damage;     /* why the diff cannot be parsed; NULL */
	int revision;     /* of the mail: an older one in a partial reroll */
	bool bad_charset; /* the mail could not be converted to UTF-8 */
};

/* A reply's trailer that was not taken. */
struct refused {
	struct trailer trailer; /* owned */
	char *message_id;
	char *reason;
};

/* Initialise with SERIES_INIT, free with series_release(). */
struct series {
	int revision;    /* 0: no series here */
	int expected;    /* of n/m, or the highest n */
	int found;       /* patches that are here */
	bool unthreaded; /* incomplete, and its mails answer nothing */
	char *title;     /* NULL: no series */
	bool has_cover;
	struct series_patch cover;
	struct series_patch *patches; /* [0] is 1/m; expected of them */
	struct embeddeds embedded;
	struct refused *refused;
	size_t n_refused, cap_refused;
	struct strv warnings;          /* for people, a line each */
	char *base_commit, *change_id; /* NULL: not told */
	struct strv prerequisites;
};

#define SERIES_INIT \
	{           \
		0   \
	}

struct series_options {
	const char *message_id; /* the series with this mail; NULL: the newest */
	int revision;           /* 0: the newest */
};

/*
 * Find the series in a linked thread.  No patch at all is no error (found is
 * 0, embedded ones are listed); a revision that is not there is.
 */
int series_build(struct series *s, const struct thread *t, const struct series_options *opt,
		 struct err *err) __attribute__((warn_unused_result));

/*
 * The newest older revision of a series that its thread holds, 0: none.  It is
 * built by series_build() with that revision.
 */
int series_older(const struct series *s, const struct thread *t);

/* Patches are missing, or there is none. */
bool series_incomplete(const struct series *s);

void series_release(struct series *s);

/* The cover letter, else the first patch that is there; NULL when there is neither. */
const struct series_patch *series_first(const struct series *series);

#endif

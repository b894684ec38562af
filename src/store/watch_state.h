/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What icrfix watch knows from one run to the next, in one SQLite file for all
 * watches.  Other than the cache it cannot be made again, so it is never set
 * aside: a damaged file is an error that says what to do.
 *
 * A watch looks at one query on one archive for one repository.  It has a
 * cursor, the time up to which the archive was searched, and of each
 *
 *	mail	that a search found or a series holds: the posting it belongs to
 *	posting	one revision of a series: whether it is to be looked at, and
 *		once it was linted, its findings
 *	series	the names by which its next revision is known
 *	result	that is not delivered yet: all that delivery needs
 *
 * A mail that a search finds is a posting of its own until it was looked at;
 * then the posting takes over all mails of its revision, and the postings that
 * these were are gone.  So nothing is told twice, whichever of its mails came
 * first and however often they are found.
 *
 * Every function that changes something is one transaction, on disk when it
 * returns.  The order that makes a watch lose and repeat nothing: note what was
 * found together with the cursor; begin, claim and finish each posting; finish
 * stores the result; deliver it, then say that it is delivered.
 */
#ifndef STORE_WATCH_STATE_H
#define STORE_WATCH_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strv.h"

struct watch_state;

/* Which watch; a copy is kept. */
struct watch_key {
	const char *archive; /* its URL */
	const char *query;   /* "" for all mails */
	const char *repo;    /* the repository's directory */
};

/*
 * Open DIR/watch.db, made when absent, for one watch.  The same watch in
 * another process is an error of STATUS_TEMPFAIL; other watches may share the
 * file.
 */
int watch_state_open(struct watch_state **state, const char *dir, const struct watch_key *key,
		     struct err *err) __attribute__((warn_unused_result));

void watch_state_close(struct watch_state *state);

/* Up to when the archive was searched, in seconds since 1970; 0: never. */
int64_t watch_state_cursor(const struct watch_state *state);

/* A mail with a patch or a cover letter.  The id is not owned. */
struct watch_mail {
	const char *message_id;
	int64_t date;
};

/*
 * Note what a search found and move the cursor.  Mails that are known already
 * stay as they are; *fresh is the number of the others.  NOW is when they were
 * seen.
 */
int watch_state_note(struct watch_state *state, int64_t cursor, int64_t now,
		     const struct watch_mail *mails, size_t n, size_t *fresh, struct err *err)
	__attribute__((warn_unused_result));

struct watch_ids {
	int64_t *v;
	size_t n, cap;
};

/*
 * The postings to look at, oldest first; but series at which three runs in a row
 * ended stand behind the others.  Free v.
 */
int watch_state_todo(struct watch_state *state, struct watch_ids *out, struct err *err)
	__attribute__((warn_unused_result));

/* A posting to look at; free with watch_todo_release(). */
struct watch_todo {
	int64_t posting;
	char *message_id; /* a mail of it */
	int64_t date;     /* that mail's, but not after it was seen */
	int64_t begun;    /* how often it was begun and not ended, this time included */
	int64_t failed;   /* how often watch_state_again() was said */
	int64_t round;    /* how often it was finished: not 0 for one that was incomplete */
};

void watch_todo_release(struct watch_todo *todo);

/* Begin with one of them: 1, or 0 when it is not to do any more. */
int watch_state_begin(struct watch_state *state, int64_t posting, struct watch_todo *out,
		      struct err *err) __attribute__((warn_unused_result));

/* What a posting turned out to be; free with watch_posting_release(). */
struct watch_posting {
	struct strv mails; /* Message-IDs of this revision */
	struct strv kin;   /* of other revisions, as the threads tell */
	struct strv names; /* by which the series is known wherever it is posted */
	/* The same, to be believed only of a revision above 1 that nothing else places. */
	struct strv likenesses;
	int revision;
	bool complete;
	char digest[41]; /* of what its patches change */
};

void watch_posting_release(struct watch_posting *p);

enum watch_claim {
	WATCH_FRESH,      /* to be linted */
	WATCH_KNOWN,      /* its posting was looked at before */
	WATCH_REPEATED,   /* the same revision with the same changes was linted */
	WATCH_SUPERSEDED, /* incomplete, and a newer revision was linted */
};

/* The revision of the same series that was linted last; free with watch_before_release(). */
struct watch_before {
	int revision; /* 0: there is none */
	char *message_id;
	char *findings; /* as they were given to watch_state_finish() */
	bool whole;
};

void watch_before_release(struct watch_before *before);

/*
 * Say what the posting is that was begun.  A fresh one stays to do; todo->posting
 * may be another one than before, which it completes.  All others are ended.
 */
int watch_state_claim(struct watch_state *state, struct watch_todo *todo,
		      const struct watch_posting *p, enum watch_claim *claim,
		      struct watch_before *before, struct err *err)
	__attribute__((warn_unused_result));

/* It is not yet time for it, or the archive did not answer: as if it had not been begun. */
int watch_state_put_back(struct watch_state *state, const struct watch_todo *todo, struct err *err)
	__attribute__((warn_unused_result));

/* It failed and is to be tried again in the next run. */
int watch_state_again(struct watch_state *state, const struct watch_todo *todo, struct err *err)
	__attribute__((warn_unused_result));

/* What is to be delivered.  Free with watch_result_release() when it was read. */
struct watch_result {
	int64_t id;      /* set by watch_state_result() */
	int64_t created; /* seconds since 1970 */
	char *delivery;  /* an id, for who receives it */
	char *name;      /* of a file */
	char *subject;   /* one line */
	char *reply_to;  /* a Message-ID; NULL: none */
	char *text;      /* the report */
	char *json;      /* the same, one line */
};

void watch_result_release(struct watch_result *r);

/* How a posting ended. */
struct watch_outcome {
	const char *findings; /* NULL: it was not linted */
	bool complete;        /* no patch was missing */
	bool whole;           /* all of it could be looked at */
	const char *digest;
	const struct watch_result *result; /* NULL: there is nothing to say */
};

/* The posting is done; its result, if any, is to be delivered. */
int watch_state_finish(struct watch_state *state, const struct watch_todo *todo,
		       const struct watch_outcome *outcome, struct err *err)
	__attribute__((warn_unused_result));

/* The next result after AFTER (0: the first) that is not delivered: 1, or 0. */
int watch_state_result(struct watch_state *state, int64_t after, struct watch_result *out,
		       struct err *err) __attribute__((warn_unused_result));

/* It is delivered. */
int watch_state_delivered(struct watch_state *state, int64_t result, struct err *err)
	__attribute__((warn_unused_result));

#endif

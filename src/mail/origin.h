/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mails from wherever they are: an archive, through the cache of threads, a
 * file, a maildir, standard input.
 */
#ifndef MAIL_ORIGIN_H
#define MAIL_ORIGIN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strv.h"
#include "lore.h"
#include "thread.h"

#define ORIGIN_MAX_FILE (256u << 20)

/* Initialise with ORIGIN_INIT, free with origin_release(). */
struct origin {
	/* Settings, to be filled in by the caller. */
	const char *base;      /* URL of the archive; NULL: ARCHIVE_DEFAULT */
	struct strv fallbacks; /* archives to ask when that one fails; owned */
	long max_age;          /* seconds that a cached thread is good for */
	bool no_cache, offline;
	struct lore_options http;
	/* The rest is its own. */
	char *url_base;   /* of the archive that a URL named */
	char *message_id; /* the wanted mail; NULL: a mailbox or a query */
	bool remote;      /* the mails came from an archive */
	struct lore *lore;
};

#define ORIGIN_INIT            \
	{                      \
		.max_age = 600 \
	}

/*
 * Add the mails that WHAT names: "-", a file or maildir that exists, a
 * Message-ID or URL.  From an archive only what hangs together with the mail
 * is kept.
 */
int origin_read(struct origin *s, const char *what, struct thread *t, struct err *err)
	__attribute__((warn_unused_result));

/* Add all threads with a mail that matches a query of public-inbox. */
int origin_search(struct origin *s, const char *query, struct thread *t, struct err *err)
	__attribute__((warn_unused_result));

/* Add the mails that match a query, without the rest of their threads. */
int origin_search_mails(struct origin *s, const char *query, struct thread *t, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Add what hangs together with a Message-ID, from the archive: for an id that a
 * mail gave.  origin_read() would take it for a file or a URL if it were one.
 */
int origin_thread(struct origin *s, const char *message_id, struct thread *t, struct err *err)
	__attribute__((warn_unused_result));

void origin_release(struct origin *s);

#endif

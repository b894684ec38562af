/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mails from wherever they are: an archive, through the cache of threads, a
 * file, a maildir, standard input.
 */
#ifndef MAIL_SOURCE_H
#define MAIL_SOURCE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strv.h"
#include "lore.h"
#include "thread.h"

#define SOURCE_MAX_FILE (256u << 20)

/* Initialise with SOURCE_INIT, free with source_release(). */
struct source {
	/* Settings, to be filled in by the caller. */
	const char *base;		/* URL of the archive; NULL: ARCHIVE_DEFAULT */
	struct strv fallbacks;		/* archives to ask when that one fails; owned */
	long max_age;			/* seconds that a cached thread is good for */
	bool no_cache, offline;
	struct lore_options http;
	/* The rest is its own. */
	char *url_base;			/* of the archive that a URL named */
	char *message_id;		/* the wanted mail; NULL: a mailbox or a query */
	bool remote;			/* the mails came from an archive */
	struct lore *lore;
};

#define SOURCE_INIT { .max_age = 600 }

/*
 * Add the mails that WHAT names: "-", a file or maildir that exists, a
 * Message-ID or URL.  From an archive only what hangs together with the mail
 * is kept.
 */
int source_read(struct source *s, const char *what, struct thread *t, struct err *err)
	__attribute__((warn_unused_result));

/* Add all threads with a mail that matches a query of public-inbox. */
int source_search(struct source *s, const char *query, struct thread *t, struct err *err)
	__attribute__((warn_unused_result));

void source_release(struct source *s);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Threads and search results from public-inbox archives over HTTP.  Only this
 * module knows curl.  https, or plain http to loopback; TLS is always
 * verified; a redirect never leads to another scheme or to loopback.
 */
#ifndef MAIL_LORE_H
#define MAIL_LORE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

#define LORE_MAX_TRANSFER (32u << 20) /* bytes as they travel */
#define LORE_MAX_INFLATED (128u << 20)
#define LORE_MAX_REDIRECTS 5
#define LORE_MAX_TRIES 3
#define LORE_MAX_WAIT 60 /* seconds that a Retry-After may ask for */

struct lore_options {
	bool insecure_http; /* plain http to any host */
	bool progress;      /* a line on stderr while it takes long */
	int timeout;        /* seconds without progress; 10 times that in all */
};

/* How a request ended; each has its own message. */
enum lore_result {
	LORE_OK,
	LORE_NOT_ARCHIVED, /* the archive has no such Message-ID */
	LORE_NO_MATCH,     /* nothing matches the query */
	LORE_BAD_QUERY,    /* the archive refuses the query */
	LORE_REFUSED,      /* by us (scheme, redirect, size) or the server for good */
	/* What another try or another archive may mend: STATUS_TEMPFAIL. */
	LORE_RATE_LIMITED,
	LORE_BROWSER_CHECK, /* HTML where mail should be */
	LORE_DOWN,
	LORE_DAMAGED, /* cut off, bad gzip */
};

struct lore;

/* The client keeps its connection and its pace; close with lore_close(). */
struct lore *lore_open(const struct lore_options *options);
void lore_close(struct lore *lore);

/*
 * The thread of a Message-ID, or the mails that match a query, with THREADS all
 * of their threads, from the archive at BASE ("https://host/inbox/").  OUT gets
 * the mbox as it came (gzip); it has been inflated once to see that it is
 * whole.  Anything but LORE_OK fills ERR.
 */
enum lore_result lore_thread(struct lore *lore, const char *base, const char *message_id,
			     struct buf *out, struct err *err);
enum lore_result lore_search(struct lore *lore, const char *base, const char *query, bool threads,
			     struct buf *out, struct err *err);

/* The URLs that these ask for, as names for a cache; the caller frees them. */
char *lore_thread_url(const char *base, const char *message_id);
char *lore_search_url(const char *base, const char *query, bool threads);

/* Whether the result may be different at another time. */
bool lore_is_temporary(enum lore_result result);

#endif

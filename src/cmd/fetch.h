/* SPDX-License-Identifier: GPL-2.0-only */
/* What the commands that take a series share: options, settings, the way to it. */
#ifndef CMD_FETCH_H
#define CMD_FETCH_H

#include <stdbool.h>

#include "cmd.h"
#include "mail/origin.h"
#include "mail/series.h"

/* Values of the options below; embed as "fetch" in a command's values. */
struct fetch_values {
	const char *query, *id;
	int revision;
	bool newer, offline, insecure_http;
};

#define FETCH_V(type, field) offsetof(type, fetch.field)

/* Entries for a command's table of options; TYPE is the struct of its values. */
#define FETCH_OPTIONS(type)                                                                      \
	{ OPT_NUMBER, 'v',                                                                       \
	  "revision", FETCH_V(type, revision),                                                   \
	  "N",        "take revision N, not the newest",                                         \
	  1,          9999 },                                                                    \
		{ OPT_STRING,                                                                    \
		  0,                                                                             \
		  "query",                                                                       \
		  FETCH_V(type, query),                                                          \
		  "QUERY",                                                                       \
		  "search the archive instead: dfn:, s:, f:, d: and public-inbox's other terms", \
		  0,                                                                             \
		  0 },                                                                           \
		{ OPT_STRING, 0,                                                                 \
		  "id",       FETCH_V(type, id),                                                 \
		  "MSGID",    "take the series that has this mail",                              \
		  0,          0 },                                                               \
		{ OPT_FLAG, 0,                                                                   \
		  "newer",  FETCH_V(type, newer),                                                \
		  NULL,     "search other threads for other revisions",                          \
		  0,        0 },                                                                 \
		{ OPT_FLAG,  0,                                                                  \
		  "offline", FETCH_V(type, offline),                                             \
		  NULL,      "only what is in the cache, of any age",                            \
		  0,         0 },                                                                \
	{                                                                                        \
		OPT_FLAG, 0, "insecure-http", FETCH_V(type, insecure_http), NULL,                \
			"allow http:// to other hosts than this one", 0, 0                       \
	}

/* Free with fetch_release(). */
struct fetch {
	const struct fetch_values *v;
	bool take_left_out; /* stable reviews and AUTOSEL when there is nothing else */
	struct origin origin;
	struct thread thread;
	struct series series;
};

/* The settings, which are icrfix.loreUrl, loreFallback, cacheExpire and httpTimeout. */
int fetch_open(struct fetch *f, struct app *app, const struct fetch_values *v, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Read what WHAT names (see origin_read()), or with --query what that finds,
 * and what else belongs to the series, and build it.
 */
int fetch_series(struct fetch *f, const char *what, struct err *err)
	__attribute__((warn_unused_result));

/* What came from the net may stand in an error, which goes to the terminal. */
void fetch_clean_error(struct err *err);

void fetch_release(struct fetch *f);

#endif

// SPDX-License-Identifier: GPL-2.0-only
#include "follow.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

#define DAY (24 * 3600)

/* A text as a phrase of a query. */
static char *phrase(const char *text)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "\"");
	for (; *text; text++)
		buf_addc(&out, *text == '"' || *text == '\\' ? ' ' : *text);
	buf_adds(&out, "\"");
	return buf_detach(&out);
}

static char *newer_query(const struct series *s)
{
	char *words = phrase(s->change_id ? s->change_id : s->title), *query;

	if (s->change_id)
		query = xasprintf("nq:\"change-id:\" AND nq:%s", words);
	else
		query = xasprintf("s:%s AND f:%s", words, series_first(s)->sender.addr);
	free(words);
	return query;
}

/* A search whose finding nothing is no error. */
static int search(struct origin *origin, const char *query, struct thread *t, struct err *err)
{
	int rc = origin_search(origin, query, t, err);

	if (rc && err->status == STATUS_FINDINGS) {
		err_release(err);
		rc = 0;
	}
	return rc;
}

int follow_newer(struct origin *origin, const struct series *s, struct thread *t, struct err *err)
{
	char *query;
	int rc;

	if (!s->title || !series_first(s))
		return 0;
	query = newer_query(s);
	rc = search(origin, query, t, err);
	free(query);
	return rc;
}

static void day(char *to, size_t size, long long when)
{
	time_t t = when;
	struct tm tm;

	*to = '\0';
	if (gmtime_r(&t, &tm))
		strftime(to, size, "%Y%m%d", &tm);
}

size_t follow_unthreaded(struct origin *origin, const struct series *s, struct thread *t)
{
	const struct series_patch *p = series_first(s);
	struct err err = ERR_INIT;
	char from[16], to[16], *query;
	size_t before = t->n;

	if (!p)
		return 0;
	day(from, sizeof(from), p->date - DAY);
	day(to, sizeof(to), p->date + DAY);
	query = xasprintf("s:PATCH AND f:%s AND d:%s..%s", p->sender.addr, from, to);
	if (search(origin, query, t, &err))
		err_release(&err);
	free(query);
	return t->n - before;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "against.h"

#include <stdlib.h>
#include <string.h>

#include "mail/follow.h"

/* "v4" or "4"; 0 for NULL. */
static int read_revision(const char *text, int *revision, struct err *err)
{
	const char *digits = text && (*text == 'v' || *text == 'V') ? text + 1 : text;
	char *end;
	long n;

	*revision = 0;
	if (!text)
		return 0;
	n = strtol(digits, &end, 10);
	if (end == digits || *end || *digits < '0' || *digits > '9' || n < 1 || n > 9999)
		return err_set(err, "--against: a revision such as v4 is needed, not '%s'", text);
	*revision = (int)n;
	return 0;
}

/* The series' own mails hold it. */
static int build_own(struct against *a, struct change *c, int revision, struct err *err)
{
	struct series_options opt = { series_first(&c->fetch.series)->message_id, revision };

	a->found = &a->series;
	a->thread = &c->fetch.thread;
	return series_build(&a->series, a->thread, &opt, err);
}

static bool have_own(const struct change *c, int revision)
{
	struct series probe = SERIES_INIT;
	struct series_options opt = { series_first(&c->fetch.series)->message_id, revision };
	struct err err = ERR_INIT;
	bool have = !series_build(&probe, &c->fetch.thread, &opt, &err);

	series_release(&probe);
	err_release(&err);
	return have;
}

/* Other threads of the archive may hold it. */
static int search(struct against *a, struct change *c, int revision, struct err *err)
{
	struct series_options opt = { NULL, revision };
	struct fetch *f = &a->fetch;

	if (fetch_open(f, c->app, c->fetch_values, err) ||
	    follow_newer(&f->origin, &c->fetch.series, &f->thread, err))
		return -1;
	thread_link(&f->thread);
	if (!f->thread.n)
		return err_status(err, STATUS_FINDINGS,
				  "no mail of v%d is here or found by its title; "
				  "--against-from names it",
				  revision);
	a->found = &f->series;
	a->thread = &f->thread;
	return series_build(&f->series, &f->thread, &opt, err);
}

static int read_from(struct against *a, struct change *c, const char *from, int revision,
		     struct err *err)
{
	struct fetch *f = &a->fetch;

	a->values = *c->fetch_values;
	a->values.query = a->values.id = NULL;
	a->values.newer = false;
	a->values.revision = revision;
	if (fetch_open(f, c->app, &a->values, err) || fetch_series(f, from, err))
		return -1;
	if (!f->series.found)
		return err_set(err, "there is no patch in '%s'", from);
	a->found = &f->series;
	a->thread = &f->thread;
	return 0;
}

int against_find(struct against *a, struct change *c, const char *text, const char *from,
		 struct err *err)
{
	bool range = c->from != NULL;
	int revision, rc = 0;

	*a = (struct against){ .found = NULL };
	if (read_revision(text, &revision, err))
		return -1;
	if (from)
		rc = read_from(a, c, from, revision, err);
	else if (range || !c->fetch.series.found)
		rc = text ? err_set(err, "a range has no older revision of its own; "
					 "--against-from names one")
			  : 0;
	else if (!revision && (revision = series_older(&c->fetch.series, &c->fetch.thread)))
		rc = build_own(a, c, revision, err);
	else if (revision && have_own(c, revision))
		rc = build_own(a, c, revision, err);
	else if (revision)
		rc = search(a, c, revision, err);
	if (rc) {
		fetch_clean_error(err);
		err_context(err, "the older revision");
	}
	return rc;
}

void against_release(struct against *a)
{
	fetch_release(&a->fetch);
	series_release(&a->series);
}

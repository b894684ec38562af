// SPDX-License-Identifier: GPL-2.0-only
#include "fetch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "mail/follow.h"

static void add_words(struct strv *to, const char *words)
{
	while (words && *words) {
		size_t n = strcspn(words, " \t,");

		if (n)
			strv_take(to, xstrndup(words, n));
		words += n;
		words += strspn(words, " \t,");
	}
}

int fetch_open(struct fetch *f, struct app *app, const struct fetch_values *v, struct err *err)
{
	struct strv lists = STRV_INIT;
	struct origin *s = &f->origin;
	int minutes = 10, timeout = 30;

	*f = (struct fetch){ v, false, ORIGIN_INIT, THREAD_INIT, SERIES_INIT };
	if (app_config_number(app, "icrfix.cacheExpire", 0, 1000000, &minutes, err) ||
	    app_config_number(app, "icrfix.httpTimeout", 1, 3600, &timeout, err))
		return -1;
	s->base = app_config(app, "icrfix.loreUrl");
	app_config_all(app, "icrfix.loreFallback", &lists);
	for (size_t i = 0; i < lists.n; i++)
		add_words(&s->fallbacks, lists.v[i]);
	strv_release(&lists);
	s->max_age = minutes * 60L;
	s->no_cache = app->globals.no_cache;
	s->offline = v->offline;
	s->http.insecure_http = v->insecure_http;
	s->http.progress = isatty(STDERR_FILENO) && !app->globals.quiet;
	s->http.timeout = timeout;
	return 0;
}

static int build(struct fetch *f, struct err *err)
{
	struct series_options opt = { f->v->id ? f->v->id : f->origin.message_id, f->v->revision };

	series_release(&f->series);
	thread_link(&f->thread);
	return series_build(&f->series, &f->thread, &opt, err);
}

/* Without anything else, a mail of a stable review round is what was meant. */
static int build_left_out(struct fetch *f, struct err *err)
{
	thread_take_left_out(&f->thread);
	return build(f, err);
}

/* Fetch, sort, and fetch what else belongs to it. */
int fetch_series(struct fetch *f, const char *what, struct err *err)
{
	int rc;

	if (f->v->query)
		rc = origin_search(&f->origin, f->v->query, &f->thread, err);
	else
		rc = origin_read(&f->origin, what, &f->thread, err);
	if (!rc)
		rc = build(f, err);
	if (!rc && f->take_left_out && !f->series.title && f->thread.left_out)
		rc = build_left_out(f, err);
	if (!rc && f->series.unthreaded && f->origin.remote && !f->origin.offline) {
		if (follow_unthreaded(&f->origin, &f->series, &f->thread) > 0)
			rc = build(f, err);
	}
	if (!rc && f->v->newer && f->series.title) {
		rc = follow_newer(&f->origin, &f->series, &f->thread, err);
		if (!rc)
			rc = build(f, err);
	}
	return rc;
}

/* What came from the net may stand in an error; it goes to the terminal. */
void fetch_clean_error(struct err *err)
{
	char *shown = err->text ? text_visible_dup(err->text) : NULL;

	if (shown && strcmp(shown, err->text))
		err_status(err, err->status, "%s", shown);
	free(shown);
}

void fetch_release(struct fetch *f)
{
	origin_release(&f->origin);
	series_release(&f->series);
	thread_release(&f->thread);
}

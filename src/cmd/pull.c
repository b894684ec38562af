// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd.h"
#include "mail/am.h"
#include "mail/follow.h"
#include "mail/series.h"
#include "mail/series_report.h"
#include "mail/origin.h"

struct values {
	const char *out, *patches, *query, *id, *embedded;
	int revision;
	bool newer, force, no_cover, offline, insecure_http, add_link, add_message_id;
	bool allow_hidden;
};

#define V(field) offsetof(struct values, field)

static const struct opt options[] = {
	{ OPT_STRING, 'o', "output-directory", V(out), "DIR",
	  "where the mbox goes (default: here); - is standard output", 0, 0 },
	{ OPT_NUMBER, 'v', "revision", V(revision), "N", "take revision N, not the newest", 1,
	  9999 },
	{ OPT_STRING, 'P', "patches", V(patches), "LIST", "take only these: 1-3,5", 0, 0 },
	{ OPT_STRING, 0, "query", V(query), "QUERY",
	  "search the archive instead: dfn:, s:, f:, d: and public-inbox's other terms", 0, 0 },
	{ OPT_STRING, 0, "id", V(id), "MSGID", "take the series that has this mail", 0, 0 },
	{ OPT_FLAG, 0, "newer", V(newer), NULL, "search other threads for other revisions", 0, 0 },
	{ OPT_CHOICE, 0, "embedded", V(embedded), "patches|all",
	  "take the patches found inside replies too; all: bare diffs as well", 0, 0 },
	{ OPT_FLAG, 0, "no-cover", V(no_cover), NULL, "do not write the cover letter", 0, 0 },
	{ OPT_FLAG, 0, "force", V(force), NULL, "overwrite other files", 0, 0 },
	{ OPT_FLAG, 0, "add-link", V(add_link), NULL, "add Link: to each patch (icrfix.linkUrl)", 0,
	  0 },
	{ OPT_FLAG, 0, "add-message-id", V(add_message_id), NULL,
	  "add Message-ID: to each patch's trailers", 0, 0 },
	{ OPT_FLAG, 0, "offline", V(offline), NULL, "only what is in the cache, of any age", 0, 0 },
	{ OPT_FLAG, 0, "insecure-http", V(insecure_http), NULL,
	  "allow http:// to other hosts than this one", 0, 0 },
	{ OPT_FLAG, 0, "allow-hidden", V(allow_hidden), NULL,
	  "take code with bidirectional and other hidden characters", 0, 0 },
	{ .type = OPT_END },
};

/* One run. */
struct pull {
	struct app *app;
	const struct values *v;
	struct origin origin;
	struct thread thread;
	struct series series;
	struct am_options am;
	bool *picked;
	char *own, *mbox, *cover;
};

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

static int settings(struct pull *p, struct err *err)
{
	struct strv lists = STRV_INIT;
	struct origin *s = &p->origin;
	int minutes = 10, timeout = 30;

	if (app_config_number(p->app, "icrfix.cacheExpire", 0, 1000000, &minutes, err) ||
	    app_config_number(p->app, "icrfix.httpTimeout", 1, 3600, &timeout, err))
		return -1;
	s->base = app_config(p->app, "icrfix.loreUrl");
	app_config_all(p->app, "icrfix.loreFallback", &lists);
	for (size_t i = 0; i < lists.n; i++)
		add_words(&s->fallbacks, lists.v[i]);
	strv_release(&lists);
	s->max_age = minutes * 60L;
	s->no_cache = p->app->globals.no_cache;
	s->offline = p->v->offline;
	s->http.insecure_http = p->v->insecure_http;
	s->http.progress = isatty(STDERR_FILENO) && !p->app->globals.quiet;
	s->http.timeout = timeout;
	return 0;
}

static void am_settings(struct pull *p)
{
	const char *name = app_config(p->app, "user.name");
	const char *addr = app_config(p->app, "user.email");
	const char *link = app_config(p->app, "icrfix.linkUrl"), *embedded = p->v->embedded;

	if (name && addr)
		p->own = xasprintf("%s <%s>", name, addr);
	p->am = (struct am_options){
		.add_link = p->v->add_link,
		.add_message_id = p->v->add_message_id,
		.link_base = link ? link : "https://patch.msgid.link/",
		.allow_hidden = p->v->allow_hidden,
		.own = p->own,
		.embedded = !embedded                  ? AM_NO_EMBEDDED
			    : !strcmp(embedded, "all") ? AM_EMBEDDED_ALL
						       : AM_EMBEDDED_PATCHES,
	};
}

/* "1-3,5" and "4-": marks the patches. */
static int pick(struct pull *p, struct err *err)
{
	const char *list = p->v->patches;
	int max = p->series.expected;

	if (!list)
		return 0;
	p->picked = xcalloc((size_t)max + 1, sizeof(*p->picked));
	p->am.picked = p->picked;
	while (*list) {
		char *end;
		long from = strtol(list, &end, 10), to = from;

		if (end != list && *end == '-') {
			list = end + 1;
			to = *list && *list != ',' ? strtol(list, &end, 10) : max;
			if (!*list || *list == ',')
				end = (char *)(uintptr_t)list;
		}
		if (from < 1 || to < from || to > max || (*end && *end != ','))
			return err_set(err, "-P takes numbers from 1 to %d, as in 1-3,5, not '%s'",
				       max, p->v->patches);
		for (long n = from; n <= to; n++)
			p->picked[n - 1] = true;
		list = end + (*end == ',');
	}
	return 0;
}

static int build(struct pull *p, struct err *err)
{
	struct series_options opt = { p->v->id ? p->v->id : p->origin.message_id, p->v->revision };

	series_release(&p->series);
	thread_link(&p->thread);
	return series_build(&p->series, &p->thread, &opt, err);
}

/* Fetch, sort, and fetch what else belongs to it. */
static int find_series(struct pull *p, const char *what, struct err *err)
{
	int rc;

	if (p->v->query)
		rc = origin_search(&p->origin, p->v->query, &p->thread, err);
	else
		rc = origin_read(&p->origin, what, &p->thread, err);
	if (!rc)
		rc = build(p, err);
	if (!rc && p->series.unthreaded && p->origin.remote && !p->origin.offline) {
		if (follow_unthreaded(&p->origin, &p->series, &p->thread) > 0)
			rc = build(p, err);
	}
	if (!rc && p->v->newer && p->series.title) {
		rc = follow_newer(&p->origin, &p->series, &p->thread, err);
		if (!rc)
			rc = build(p, err);
	}
	return rc;
}

/* Another file of that name is not overwritten; the same content is no other file. */
static int write_file(const struct pull *p, const char *path, const struct buf *text,
		      struct err *err)
{
	struct buf old = BUF_INIT_MAX(text->len + 1);
	struct err read_err = ERR_INIT;
	struct stat st;
	bool same = false;

	if (!lstat(path, &st) && !p->v->force) {
		same = S_ISREG(st.st_mode) && !buf_read_file(&old, path, &read_err) &&
		       old.len == text->len && !memcmp(old.p, text->p, old.len);
		err_release(&read_err);
		buf_release(&old);
		if (!same)
			return err_set(err, "%s exists and is another file (--force overwrites it)",
				       path);
		return 0;
	}
	return file_write(path, text->p, text->len, err);
}

static bool to_stdout(const struct pull *p)
{
	return p->v->out && !strcmp(p->v->out, "-");
}

static int write_stdout(const struct buf *text, struct err *err)
{
	if (fwrite(text->p, 1, text->len, stdout) != text->len || fflush(stdout))
		return err_set(err, "cannot write to standard output: %s", strerror(errno));
	return 0;
}

static int write_cover(struct pull *p, const char *dir, const char *slug, struct err *err)
{
	struct buf text = BUF_INIT;
	int rc;

	if (!p->series.has_cover || p->v->no_cover)
		return 0;
	p->cover = xasprintf("%s/%s.cover", dir, slug);
	am_write_cover(&p->series, &text);
	rc = write_file(p, p->cover, &text, err);
	buf_release(&text);
	return rc;
}

static int write_files(struct pull *p, const struct buf *mbox, struct err *err)
{
	const char *dir = p->v->out ? p->v->out : ".";
	char *slug;
	int rc;

	if (p->v->out && make_dirs(dir, err))
		return -1;
	slug = am_slug(&p->series);
	p->mbox = xasprintf("%s/%s.mbx", dir, slug);
	rc = write_file(p, p->mbox, mbox, err);
	if (!rc)
		rc = write_cover(p, dir, slug, err);
	free(slug);
	return rc;
}

static int write_mbox(struct pull *p, struct err *err)
{
	struct buf mbox = BUF_INIT;
	int rc;

	if (!am_count(&p->series, &p->am))
		return 0;
	rc = am_write(&p->series, &p->am, &mbox, err);
	if (!rc)
		rc = to_stdout(p) ? write_stdout(&mbox, err) : write_files(p, &mbox, err);
	buf_release(&mbox);
	return rc;
}

static void report(void *ctx, const char *format, bool stdout_too, struct buf *out)
{
	const struct pull *p = ctx;
	struct series_files files = { p->mbox, p->cover };

	(void)stdout_too;
	if (!strcmp(format, "json"))
		series_json(&p->series, &files, out);
	else
		series_text(&p->series, &files, out);
}

/* With "-o -" standard output is the mbox's, and the report's is stderr. */
static int report_beside(struct pull *p, struct err *err)
{
	const struct strv *formats = &p->app->globals.formats;
	int rc = 0;

	for (size_t i = 0; !rc && (i < formats->n || !i); i++) {
		const char *format = formats->n ? formats->v[i] : "text";
		const char *file = strchr(format, '=');
		struct buf out = BUF_INIT;

		report(p, strncmp(format, "json", 4) ? "text" : "json", !file, &out);
		if (file)
			rc = file_write(file + 1, out.p, out.len, err);
		else
			fwrite(out.p, 1, out.len, stderr);
		buf_release(&out);
	}
	return rc;
}

/* What was asked for is here, as a whole. */
static bool complete(const struct pull *p)
{
	const struct series *s = &p->series;

	if (!am_count(s, &p->am))
		return false;
	if (!s->title)
		return true;
	for (int n = 0; n < s->expected; n++)
		if (s->patches[n].missing && (!p->picked || p->picked[n]))
			return false;
	return true;
}

static int pull(struct pull *p, const char *what, struct err *err)
{
	if (settings(p, err) || find_series(p, what, err))
		return -1;
	am_settings(p);
	if (pick(p, err) || write_mbox(p, err))
		return -1;
	if (to_stdout(p) ? report_beside(p, err) : app_report(p->app, report, p, err))
		return -1;
	return complete(p) ? STATUS_OK : STATUS_FINDINGS;
}

static void release(struct pull *p)
{
	origin_release(&p->origin);
	series_release(&p->series);
	thread_release(&p->thread);
	free(p->picked);
	free(p->own);
	free(p->mbox);
	free(p->cover);
}

/* What came from the net may stand in an error; it goes to the terminal. */
static void clean_error(struct err *err)
{
	char *shown = err->text ? text_visible_dup(err->text) : NULL;

	if (shown && strcmp(shown, err->text))
		err_status(err, err->status, "%s", shown);
	free(shown);
}

static int run(struct app *app, void *values, int argc, char **argv, struct err *err)
{
	struct pull p = { .app = app,
			  .v = values,
			  .origin = ORIGIN_INIT,
			  .thread = THREAD_INIT,
			  .series = SERIES_INIT };
	int rc;

	if (argc != (p.v->query ? 0 : 1))
		return err_set(err, p.v->query ? "--query takes no other argument"
					       : "one Message-ID, URL or mailbox is needed");
	rc = pull(&p, argc ? argv[0] : NULL, err);
	if (rc < 0)
		clean_error(err);
	release(&p);
	return rc;
}

const struct command cmd_pull = {
	.name = "pull",
	.summary = "fetch a patch series from a mail archive, ready for git am",
	.usage = "[options] MSGID|URL|MBOX|-",
	.text = "Fetches the thread of a mail from a public-inbox archive (or reads a mailbox or\n"
		"maildir), finds the newest revision of the series in it, puts it in order, adds\n"
		"the trailers that reviewers gave, and writes an mbox for git am.\n"
		"\n"
		"Settings: icrfix.loreUrl (default https://lore.kernel.org/all/),\n"
		"icrfix.loreFallback (more archives), icrfix.cacheExpire (minutes),\n"
		"icrfix.httpTimeout (seconds), icrfix.linkUrl.\n"
		"\n"
		"Exit status: 0 the series is complete, 1 patches are missing or there are none,\n"
		"2 wrong use or bad input, 75 the archive cannot be asked now.",
	.formats = "text|json",
	.options = options,
	.values_size = sizeof(struct values),
	.run = run,
};

// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fetch.h"
#include "mail/am.h"
#include "mail/series_report.h"
#include "output.h"

struct values {
	struct fetch_values fetch;
	const char *out, *patches, *embedded;
	bool force, no_cover, add_link, add_message_id, allow_hidden;
};

#define V(field) offsetof(struct values, field)

static const struct opt options[] = {
	{ OPT_STRING, 'o', "output-directory", V(out), "DIR",
	  "where the mbox goes (default: here); - is standard output", 0, 0 },
	FETCH_OPTIONS(struct values),
	{ OPT_STRING, 'P', "patches", V(patches), "LIST", "take only these: 1-3,5", 0, 0 },
	{ OPT_CHOICE, 0, "embedded", V(embedded), "patches|all",
	  "take the patches found inside replies too; all: bare diffs as well", 0, 0 },
	{ OPT_FLAG, 0, "no-cover", V(no_cover), NULL, "do not write the cover letter", 0, 0 },
	{ OPT_FLAG, 0, "force", V(force), NULL, "overwrite other files", 0, 0 },
	{ OPT_FLAG, 0, "add-link", V(add_link), NULL, "add Link: to each patch (icrfix.linkUrl)", 0,
	  0 },
	{ OPT_FLAG, 0, "add-message-id", V(add_message_id), NULL,
	  "add Message-ID: to each patch's trailers", 0, 0 },
	{ OPT_FLAG, 0, "allow-hidden", V(allow_hidden), NULL,
	  "take code with bidirectional and other hidden characters", 0, 0 },
	{ .type = OPT_END },
};

/* One run. */
struct pull {
	struct app *app;
	const struct values *v;
	struct fetch fetch;
	struct am_options am;
	bool *picked;
	char *own, *mbox, *cover;
};

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
	int max = p->fetch.series.expected;

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

static int write_cover(struct pull *p, const char *dir, const char *slug, struct err *err)
{
	struct buf text = BUF_INIT;
	int rc;

	if (!p->fetch.series.has_cover || p->v->no_cover)
		return 0;
	p->cover = xasprintf("%s/%s.cover", dir, slug);
	am_write_cover(&p->fetch.series, &text);
	rc = output_file(p->cover, &text, p->v->force, err);
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
	slug = am_slug(&p->fetch.series);
	p->mbox = xasprintf("%s/%s.mbx", dir, slug);
	rc = output_file(p->mbox, mbox, p->v->force, err);
	if (!rc)
		rc = write_cover(p, dir, slug, err);
	free(slug);
	return rc;
}

static int write_mbox(struct pull *p, struct err *err)
{
	struct buf mbox = BUF_INIT;
	int rc;

	if (!am_count(&p->fetch.series, &p->am))
		return 0;
	rc = am_write(&p->fetch.series, &p->am, &mbox, err);
	if (!rc)
		rc = output_is_stdout(p->v->out) ? app_print(&mbox, err)
						 : write_files(p, &mbox, err);
	buf_release(&mbox);
	return rc;
}

static void report(void *ctx, const char *format, bool stdout_too, struct buf *out)
{
	const struct pull *p = ctx;
	struct series_files files = { p->mbox, p->cover };

	(void)stdout_too;
	if (!strcmp(format, "json"))
		series_json(&p->fetch.series, &files, out);
	else
		series_text(&p->fetch.series, &files, out);
}

/* What was asked for is here, as a whole. */
static bool complete(const struct pull *p)
{
	const struct series *s = &p->fetch.series;

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
	if (fetch_open(&p->fetch, p->app, &p->v->fetch, err) || fetch_series(&p->fetch, what, err))
		return -1;
	am_settings(p);
	if (pick(p, err) || write_mbox(p, err))
		return -1;
	if (output_is_stdout(p->v->out) ? output_report(p->app, report, p, err)
					: app_report(p->app, report, p, err))
		return -1;
	return complete(p) ? STATUS_OK : STATUS_FINDINGS;
}

static void release(struct pull *p)
{
	fetch_release(&p->fetch);
	free(p->picked);
	free(p->own);
	free(p->mbox);
	free(p->cover);
}

static int run(struct app *app, void *values, int argc, char **argv, struct err *err)
{
	struct pull p = { .app = app, .v = values };
	int rc;

	if (argc != (p.v->fetch.query ? 0 : 1))
		return err_set(err, p.v->fetch.query ? "--query takes no other argument"
						     : "one Message-ID, URL or mailbox is needed");
	rc = pull(&p, argc ? argv[0] : NULL, err);
	if (rc < 0)
		fetch_clean_error(err);
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

// SPDX-License-Identifier: GPL-2.0-only
#include "change.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "ci.h"
#include "tree/repo_log.h"
#include "tree/repo_write.h"

int change_open(struct change *c, struct app *app, enum purpose purpose, const struct strv *rules,
		const char *base, const struct fetch_values *fetch, struct err *err)
{
	int days = 60;

	*c = (struct change){ .app = app, .fetch_values = fetch };
	if (app_config_number(app, "icrfix.guessDays", 0, 36500, &days, err) ||
	    app_repo(app, &c->repo, err) || app_engine(app, rules, purpose, &c->engine, err))
		return -1;
	c->options = (struct lint_options){
		.base = base,
		.guess_days = days,
		.progress = progress_update,
		.progress_ctx = &c->progress,
	};
	return repo_write_to_memory(c->repo, err);
}

static int resolve(struct change *c, const char *rev, struct revision *out, struct err *err)
{
	int rc = repo_resolve(c->repo, rev, out, err);

	if (rc <= 0)
		return rc;
	return err_set(err, "unknown revision '%s' in %s%s", rev, repo_dir(c->repo),
		       repo_is_shallow(c->repo) ? "; this clone is shallow: " REPO_DEEPEN_HINT
						: "; 'git fetch' may bring it");
}

static int lint_ends(struct change *c, const char *from, const char *to, struct err *err)
{
	struct revision a, b;

	if (c->options.base || c->fetch_values->query)
		return err_set(err, "a range is compared with its own history; --base and --query "
				    "are for series");
	if (resolve(c, *from ? from : "HEAD", &a, err) || resolve(c, *to ? to : "HEAD", &b, err))
		return -1;
	c->from = xstrdup(a.commit);
	c->to = xstrdup(b.commit);
	return lint_range(&c->options, c->repo, &c->engine, c->from, c->to, &c->lint, err);
}

/* In CI, what the service says; at a prompt, an argument is missing. */
static int lint_ci(struct change *c, struct err *err)
{
	struct ci_range range;
	int rc = ci_range(&range, err);

	if (!rc)
		return err_set(err,
			       "a Message-ID, URL, mailbox or range is needed (in GitLab's and "
			       "GitHub's CI none)");
	if (rc < 0)
		return -1;
	rc = lint_ends(c, range.from, range.to, err);
	if (!rc)
		strv_take(&c->lint.notes, xasprintf("range %.12s..%.12s, from %s", range.from,
						    range.to, range.source));
	ci_range_release(&range);
	return rc;
}

static bool end_known(struct change *c, const char *rev, size_t len)
{
	struct err ignored = ERR_INIT;
	struct revision found;
	char *name = xstrndup(rev, len);
	bool known = !*name || !repo_resolve(c->repo, name, &found, &ignored);

	err_release(&ignored);
	free(name);
	return known;
}

/*
 * The dots of "A..B" when one end of it is a revision, or when it cannot be a
 * Message-ID or URL, which may hold two dots too; else NULL.  A file of that
 * name is told apart by --, as in git.
 */
static int range_dots(struct change *c, const char *what, const char **dots, struct err *err)
{
	const char *at = strstr(what, ".."), *name = c->app->command->name;
	bool file = !access(what, F_OK);
	int known;

	*dots = NULL;
	if (!at || at[2] == '/' || strstr(what, "://") || !c->app->dashdash)
		return 0;
	known = end_known(c, what, (size_t)(at - what)) + end_known(c, at + 2, strlen(at + 2));
	if (file && known == 2 && c->app->dashdash < 0)
		return err_set(err,
			       "'%s' is both a file and a range; say 'icrfix %s -- %s' for the "
			       "file or 'icrfix %s %s --' for the range",
			       what, name, what, name, what);
	if (c->app->dashdash > 0 || (!file && (known || !strchr(what, '@'))))
		*dots = at;
	return 0;
}

static int lint_words(struct change *c, const char *what, const char *dots, struct err *err)
{
	char *from = xstrndup(what, (size_t)(dots - what));
	int rc;

	if (dots[2] == '.')
		rc = err_set(err,
			     "'%s': three dots are no range here; A..B are the commits of B "
			     "that A has not",
			     what);
	else
		rc = lint_ends(c, from, dots + 2, err);
	free(from);
	return rc;
}

/* A cover letter, or nothing that could be meant. */
static int lint_nothing(struct change *c, bool may_be_empty, struct err *err)
{
	if (c->fetch.thread.n != 1 || !may_be_empty)
		return err_set(err, "there is no patch in it");
	c->lint.revision = 1;
	c->lint.base.how = BASE_NONE;
	return 0;
}

static int lint_mails(struct change *c, const char *what, bool may_be_empty, struct err *err)
{
	struct fetch *f = &c->fetch;
	int rc = fetch_open(f, c->app, c->fetch_values, err);

	f->take_left_out = true;
	if (!rc)
		rc = fetch_series(f, what, err);
	c->options.single = f->thread.n == 1 && !f->origin.remote;
	if (!rc && f->series.found)
		rc = lint_series(&c->options, c->repo, &c->engine, &f->series, &c->lint, err);
	else if (!rc)
		rc = lint_nothing(c, may_be_empty, err);
	for (size_t i = 0; !rc && i < f->series.warnings.n; i++)
		strv_add(&c->lint.notes, f->series.warnings.v[i]);
	if (rc)
		fetch_clean_error(err);
	return rc;
}

static int lint_any(struct change *c, int argc, char **argv, bool may_be_empty, struct err *err)
{
	const char *what = argc ? argv[0] : NULL, *dots = NULL;

	if (argc > 1 || (argc && c->fetch_values->query))
		return err_set(err, "one series or range at a time, not also '%s'", argv[argc - 1]);
	if (!argc && !c->fetch_values->query)
		return lint_ci(c, err);
	if (what && range_dots(c, what, &dots, err))
		return -1;
	return dots ? lint_words(c, what, dots, err) : lint_mails(c, what, may_be_empty, err);
}

int change_run(struct change *c, int argc, char **argv, bool may_be_empty, struct err *err)
{
	int rc;

	progress_start(&c->progress, "Linting patches", c->app->globals.quiet);
	rc = lint_any(c, argc, argv, may_be_empty, err);
	progress_stop(&c->progress);
	return rc;
}

void change_release(struct change *c)
{
	lint_release(&c->lint);
	fetch_release(&c->fetch);
	free(c->from);
	free(c->to);
	free((void *)(uintptr_t)c->engine.rules);
}

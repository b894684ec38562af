// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/progress.h"
#include "ci.h"
#include "fetch.h"
#include "report/lint_report.h"
#include "tree/repo_log.h"
#include "tree/repo_write.h"

struct values {
	struct fetch_values fetch;
	struct strv rules, suppressions;
	const char *base, *fail_on;
	bool strict, no_3way;
};

#define V(field) offsetof(struct values, field)

static const struct opt options[] = {
	{ OPT_STRING, 0, "base", V(base), "REV",
	  "what the series is for (default: its base-commit, else found by its blobs)", 0, 0 },
	{ OPT_STRING, 0, "fail-on", V(fail_on), "SEVERITY",
	  "what makes status 1: note, warning (default) or error, and above", 0, 0 },
	{ OPT_FLAG, 0, "strict", V(strict), NULL, "stop at the first patch that does not apply", 0,
	  0 },
	{ OPT_FLAG, 0, "no-3way", V(no_3way), NULL, "apply like git am, not like git am -3", 0, 0 },
	{ OPT_LIST, 0, "rule", V(rules), "ID", "run this rule only; may be given several times", 0,
	  0 },
	{ OPT_LIST, 0, "suppressions", V(suppressions), "FILE",
	  "set the findings aside that it names; may be given several times", 0, 0 },
	FETCH_OPTIONS(struct values),
	{ .type = OPT_END },
};

/* One run. */
struct run {
	struct app *app;
	const struct values *v;
	struct repo *repo;
	struct engine engine;
	enum severity fail_on;
	struct lint_options options;
	struct suppressions suppressions;
	struct progress progress;
	struct lint lint;
};

static int parse_severity(const char *word, enum severity *out, struct err *err)
{
	*out = SEVERITY_WARNING;
	if (!word)
		return 0;
	for (enum severity s = SEVERITY_NOTE; s <= SEVERITY_ERROR; s++) {
		if (!strcmp(word, severity_name(s))) {
			*out = s;
			return 0;
		}
	}
	return err_set(err, "--fail-on takes note, warning or error, not '%s'", word);
}

static int prepare(struct run *run, struct err *err)
{
	int days = 60;

	if (parse_severity(run->v->fail_on, &run->fail_on, err) ||
	    app_config_number(run->app, "icrfix.guessDays", 0, 36500, &days, err) ||
	    app_repo(run->app, &run->repo, err) ||
	    app_suppressions(run->app, &run->v->suppressions, &run->suppressions, err) ||
	    app_engine(run->app, &run->v->rules, PURPOSE_LINT, &run->engine, err))
		return -1;
	run->options = (struct lint_options){
		.base = run->v->base,
		.guess_days = days,
		.strict = run->v->strict,
		.no_merge = run->v->no_3way,
		.suppressions = &run->suppressions,
		.progress = progress_update,
		.progress_ctx = &run->progress,
	};
	return repo_write_to_memory(run->repo, err);
}

static int resolve(struct run *run, const char *rev, struct revision *out, struct err *err)
{
	int rc = repo_resolve(run->repo, rev, out, err);

	if (rc <= 0)
		return rc;
	return err_set(err, "unknown revision '%s' in %s%s", rev, repo_dir(run->repo),
		       repo_is_shallow(run->repo) ? "; this clone is shallow: " REPO_DEEPEN_HINT
						  : "; 'git fetch' may bring it");
}

static int lint_ends(struct run *run, const char *from, const char *to, struct err *err)
{
	struct revision a, b;

	if (run->v->base || run->v->fetch.query)
		return err_set(err, "a range is compared with its own history; --base and --query "
				    "are for series");
	if (resolve(run, *from ? from : "HEAD", &a, err) ||
	    resolve(run, *to ? to : "HEAD", &b, err))
		return -1;
	return lint_range(&run->options, run->repo, &run->engine, a.commit, b.commit, &run->lint,
			  err);
}

/* In CI, what the service says; at a prompt, an argument is missing. */
static int lint_ci(struct run *run, struct err *err)
{
	struct ci_range range;
	int rc = ci_range(&range, err);

	if (!rc)
		return err_set(err,
			       "a Message-ID, URL, mailbox or range is needed (in GitLab's and "
			       "GitHub's CI none)");
	if (rc < 0)
		return -1;
	rc = lint_ends(run, range.from, range.to, err);
	if (!rc)
		strv_take(&run->lint.notes, xasprintf("range %.12s..%.12s, from %s", range.from,
						      range.to, range.source));
	ci_range_release(&range);
	return rc;
}

/*
 * "A..B" when one end of it is a revision, or when it cannot be a Message-ID or
 * URL; these may hold two dots too.
 */
static const char *range_dots(struct run *run, const char *what)
{
	const char *dots = strstr(what, "..");
	struct err ignored = ERR_INIT;
	struct revision rev;
	char *from;
	bool known;

	if (!dots || !access(what, F_OK) || strstr(what, "://"))
		return NULL;
	if (!strchr(what, '@'))
		return dots;
	from = xstrndup(what, (size_t)(dots - what));
	known = !*from || !repo_resolve(run->repo, from, &rev, &ignored) ||
		(dots[2] && !repo_resolve(run->repo, dots + 2, &rev, &ignored));
	err_release(&ignored);
	free(from);
	return known ? dots : NULL;
}

static int lint_words(struct run *run, const char *what, const char *dots, struct err *err)
{
	char *from = xstrndup(what, (size_t)(dots - what));
	int rc;

	if (dots[2] == '.')
		rc = err_set(err,
			     "'%s': three dots are not for lint; A..B are the commits of B "
			     "that A has not",
			     what);
	else
		rc = lint_ends(run, from, dots + 2, err);
	free(from);
	return rc;
}

/* A cover letter has nothing to check: for b4 that is an empty answer. */
static int lint_nothing(struct run *run, const struct fetch *f, struct err *err)
{
	if (f->thread.n == 1 && app_has_format(run->app, "b4")) {
		run->lint.revision = 1;
		return 0;
	}
	return err_set(err, "there is no patch in it");
}

static int lint_mails(struct run *run, const char *what, struct err *err)
{
	struct fetch f;
	int rc = fetch_open(&f, run->app, &run->v->fetch, err);

	f.take_left_out = true;
	if (!rc)
		rc = fetch_series(&f, what, err);
	run->options.single = f.thread.n == 1 && !f.origin.remote;
	if (!rc && !f.series.found)
		rc = lint_nothing(run, &f, err);
	else if (!rc)
		rc = lint_series(&run->options, run->repo, &run->engine, &f.series, &run->lint,
				 err);
	for (size_t i = 0; !rc && i < f.series.warnings.n; i++)
		strv_add(&run->lint.notes, f.series.warnings.v[i]);
	if (rc)
		fetch_clean_error(err);
	fetch_release(&f);
	return rc;
}

static int lint_any(struct run *run, int argc, char **argv, struct err *err)
{
	const char *what = argc ? argv[0] : NULL, *dots;

	if (argc > 1 || (argc && run->v->fetch.query))
		return err_set(err, "one series or range at a time, not also '%s'", argv[argc - 1]);
	if (!argc && !run->v->fetch.query)
		return lint_ci(run, err);
	dots = what ? range_dots(run, what) : NULL;
	return dots ? lint_words(run, what, dots, err) : lint_mails(run, what, err);
}

static void write_report(void *ctx, const char *format, bool to_stdout, struct buf *out)
{
	struct lint_report report = *(const struct lint_report *)ctx;

	report.color = report.color && to_stdout;
	lint_report_find(format)(&report, out);
}

static int status(const struct lint_report *report)
{
	struct lint_counts c;

	lint_count(report, &c);
	if (c.refused || c.missing || c.not_analysed)
		return STATUS_INCOMPLETE;
	return c.failing ? STATUS_FINDINGS : STATUS_OK;
}

static int report(struct run *run, struct err *err)
{
	struct lint_report report = {
		.lint = &run->lint,
		.rules = run->engine.rules,
		.n_rules = run->engine.n_rules,
		.spatch_version = spatch_version(run->engine.spatch),
		.suppressions = &run->suppressions,
		.fail_on = run->fail_on,
		.color = app_color(run->app),
	};
	struct buf summary = BUF_INIT;

	if (app_report(run->app, write_report, &report, err))
		return -1;
	lint_summary(&report, &summary);
	app_say(run->app, "%s", summary.p);
	buf_release(&summary);
	return status(&report);
}

static int lint_run(struct app *app, void *values, int argc, char **argv, struct err *err)
{
	struct run run = { .app = app, .v = values, .suppressions = SUPPRESSIONS_INIT };
	int rc = prepare(&run, err);

	if (!rc) {
		progress_start(&run.progress, "Linting patches", app->globals.quiet);
		rc = lint_any(&run, argc, argv, err);
		progress_stop(&run.progress);
	}
	if (!rc)
		rc = report(&run, err);
	lint_release(&run.lint);
	suppressions_release(&run.suppressions);
	free((void *)(uintptr_t)run.engine.rules);
	return rc;
}

static void lint_values_release(void *values)
{
	struct values *v = values;

	strv_release(&v->rules);
	strv_release(&v->suppressions);
}

const struct command cmd_lint = {
	.name = "lint",
	.summary = "say what each patch of a series introduces and fixes",
	.usage = "[options] [MSGID|URL|MBOX|REV..REV|-]",
	.text = "Applies each patch in memory on the one before, as git am -3 would, and compares\n"
		"the findings before and after it. Of a range each commit is compared with its\n"
		"own parent. Only what a patch introduces counts. In GitLab's and GitHub's CI no\n"
		"argument is needed: the range of the merge or pull request is taken.\n"
		"\n"
		"Settings: icrfix.guessDays (60: how old a base may be that is found by its\n"
		"blobs), and those of pull.\n"
		"\n"
		"Exit status: 0 nothing introduced, 1 findings introduced, 2 wrong use or bad\n"
		"input, 3 a patch does not apply or is missing or code could not be analysed,\n"
		"75 the archive cannot be asked now.",
	.formats = LINT_FORMATS,
	.options = options,
	.values_size = sizeof(struct values),
	.run = lint_run,
	.release = lint_values_release,
};

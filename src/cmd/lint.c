// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "change.h"
#include "report/lint_report.h"

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
	enum severity fail_on;
	struct suppressions suppressions;
	struct change change;
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
	const struct values *v = run->v;
	struct change *c = &run->change;

	if (parse_severity(v->fail_on, &run->fail_on, err) ||
	    change_open(c, run->app, PURPOSE_LINT, &v->rules, v->base, &v->fetch, err) ||
	    app_suppressions(run->app, &v->suppressions, &run->suppressions, err))
		return -1;
	c->options.strict = v->strict;
	c->options.no_merge = v->no_3way;
	c->options.suppressions = &run->suppressions;
	return 0;
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
		.lint = &run->change.lint,
		.rules = run->change.engine.rules,
		.n_rules = run->change.engine.n_rules,
		.spatch_version = spatch_version(run->change.engine.spatch),
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

	/* To b4 a cover letter is a mail like others, with nothing to say. */
	if (!rc)
		rc = change_run(&run.change, argc, argv, app_has_format(app, "b4"), err);
	if (!rc)
		rc = report(&run, err);
	change_release(&run.change);
	suppressions_release(&run.suppressions);
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

// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cmd.h"
#include "scan_baseline.h"
#include "scan_place.h"
#include "report/report.h"

struct scan_values {
	struct strv rules, suppressions;
	const char *baseline;
	bool all_paths, whole_files;
};

static const struct opt scan_options[] = {
	{ OPT_LIST, 0, "rule", offsetof(struct scan_values, rules), "ID",
	  "run this rule only; may be given several times", 0, 0 },
	{ OPT_FLAG, 0, "all-paths", offsetof(struct scan_values, all_paths), NULL,
	  "look at the whole tree, not only at the rules' paths", 0, 0 },
	{ OPT_FLAG, 0, "whole-files", offsetof(struct scan_values, whole_files), NULL,
	  "give spatch whole files, not only the functions in question", 0, 0 },
	{ OPT_LIST, 0, "suppressions", offsetof(struct scan_values, suppressions), "FILE",
	  SUPPRESSIONS_HELP, 0, 0 },
	{ OPT_STRING, 0, "baseline", offsetof(struct scan_values, baseline), "FILE|REV",
	  "report only what is not in an earlier report or in a revision", 0, 0 },
	{ .type = OPT_END },
};

struct scan {
	struct app *app;
	const struct scan_values *values;
	struct engine engine;
	struct suppressions suppressions;
	struct scan_baseline baseline;
	struct scan_report report;
};

/* A state that was looked at. */
struct looked {
	const struct scan *scan;
	const struct snapshot *snap;
	const struct findings *findings;
};

/* Whether all of a file was looked at. */
static bool looked_at_file(const struct looked *l, const char *path)
{
	size_t n = strlen(l->snap->prefix);

	if (n && (strncmp(path, l->snap->prefix, n) != 0 || (path[n] && path[n] != '/')))
		return false;
	for (size_t i = 0; i < l->findings->n_unseen; i++)
		if (!strcmp(l->findings->unseen[i].path, path))
			return false;
	return engine_is_c(path);
}

static bool looked_at(void *ctx, const struct suppression *entry)
{
	const struct looked *l = ctx;
	const struct engine *e = &l->scan->engine;

	/* It may be anybody's: only who has seen everything with all rules can tell. */
	if (entry->fingerprint)
		return !*l->snap->prefix && e->n_rules == l->scan->app->pack.n_rules &&
		       !l->findings->n_unseen;
	for (size_t i = 0; i < e->n_rules; i++)
		if (!strcmp(e->rules[i]->id, entry->rule))
			return (e->all_paths || rule_wants_path(e->rules[i], entry->path)) &&
			       looked_at_file(l, entry->path);
	return false;
}

/*
 * All findings take part in the comparison, the suppressed ones too: else the
 * partner of one of these would hide another finding.
 */
static int sort_out(struct scan *s, const struct snapshot *snap, struct scan_target *target,
		    struct err *err)
{
	struct looked looked = { s, snap, &target->findings };
	const struct findings *before;

	suppressions_looked(&s->suppressions, looked_at, &looked);
	if (s->baseline.word) {
		if (scan_baseline_find(s->app, &s->baseline, &s->engine, target->name, snap,
				       &before, err))
			return -1;
		baseline_take(before, &target->findings, &target->known);
	}
	for (size_t i = 0; i < target->known.n; i++)
		suppressions_match(&s->suppressions, &target->known.v[i]);
	suppressions_take(&s->suppressions, &target->findings, &target->suppressed);
	return 0;
}

static int scan_one(struct scan *s, const struct scan_place *p, struct scan_target *target,
		    struct err *err)
{
	struct snapshot snap;
	int rc;

	if (scan_place_open(s->app, p, &snap, err))
		return -1;
	rc = scan_snapshot(s->app, &s->engine, &snap, &target->findings, &target->stats, err);
	target->name = xstrdup(p->name);
	memcpy(target->commit, snap.commit, OID_HEX);
	if (rc)
		err_context(err, "%s", p->name);
	else if (!target->stats.files)
		rc = err_set(err,
			     "%s: no C file lies under any rule's paths (such as %s), so nothing "
			     "was looked at; --all-paths looks everywhere",
			     p->name, s->engine.rules[0]->paths.v[0]);
	else
		rc = sort_out(s, &snap, target, err);
	snapshot_release(&snap);
	return rc;
}

static void write_report(void *ctx, const char *format, bool to_stdout, struct buf *out)
{
	struct scan_report *report = ctx, copy = *report;

	copy.color = report->color && to_stdout;
	report_find(format)(&copy, out);
}

static void add_known(const struct findings *known, struct buf *out)
{
	buf_addf(out, "; %zu finding%s in the baseline", known->n, known->n == 1 ? " is" : "s are");
	if (known->n_unseen)
		buf_addf(out, ", and %zu place%s that cannot be analysed", known->n_unseen,
			 known->n_unseen == 1 ? "" : "s");
}

static void say_summary(const struct app *app, const struct scan_report *r)
{
	for (size_t i = 0; i < r->n_targets; i++) {
		const struct scan_target *t = &r->targets[i];
		struct buf more = BUF_INIT;

		if (t->suppressed.n)
			buf_addf(&more, ", %zu suppressed", t->suppressed.n);
		if (r->baseline)
			add_known(&t->known, &more);
		if (t->findings.n_unseen)
			buf_adds(&more, "; SOME CODE WAS NOT ANALYSED");
		app_say(app, "%s: %zu finding%s in %zu file%s, %zu with the rules' tokens%s",
			t->name, t->findings.n, t->findings.n == 1 ? "" : "s", t->stats.files,
			t->stats.files == 1 ? "" : "s", t->stats.candidates, more.p ? more.p : "");
		buf_release(&more);
	}
}

static int report_status(const struct scan_report *r)
{
	size_t unseen, n = report_count(r, &unseen);

	return unseen ? STATUS_INCOMPLETE : n ? STATUS_FINDINGS : STATUS_OK;
}

static int run_places(struct scan *s, const struct scan_places *places, struct err *err)
{
	struct scan_report *report = &s->report;
	int rc = 0;

	*report = (struct scan_report){
		.rules = s->engine.rules,
		.n_rules = s->engine.n_rules,
		.targets = xcalloc(places->n, sizeof(*report->targets)),
		.suppressions = &s->suppressions,
		.baseline = s->baseline.word,
		.spatch_version = spatch_version(s->engine.spatch),
		.color = app_color(s->app),
	};
	for (size_t i = 0; !rc && i < places->n; i++)
		rc = scan_one(s, &places->v[i], &report->targets[report->n_targets++], err);
	if (!rc)
		rc = app_report(s->app, write_report, report, err);
	if (rc)
		return rc;
	say_summary(s->app, report);
	return report_status(report);
}

static void release(struct scan *s)
{
	for (size_t i = 0; i < s->report.n_targets; i++) {
		struct scan_target *t = &s->report.targets[i];

		findings_release(&t->findings);
		findings_release(&t->known);
		suppressed_release(&t->suppressed);
		free(t->name);
	}
	free(s->report.targets);
	suppressions_release(&s->suppressions);
	scan_baseline_release(&s->baseline);
	free((void *)(uintptr_t)s->engine.rules);
}

static int scan_run(struct app *app, void *values, int argc, char **argv, struct err *err)
{
	struct scan s = { .app = app, .values = values, .suppressions = SUPPRESSIONS_INIT };
	struct scan_places places = { NULL, 0, 0 };
	int rc = scan_places_find(app, &places, argc, argv, err);

	if (!rc)
		rc = app_suppressions(app, &s.values->suppressions, &s.suppressions, err);
	if (!rc && s.values->baseline)
		rc = scan_baseline_open(app, s.values->baseline, &s.baseline, err);
	if (!rc)
		rc = app_engine(app, &s.values->rules, PURPOSE_SCAN, &s.engine, err);
	if (!rc) {
		s.engine.all_paths = s.values->all_paths;
		s.engine.whole_files = s.values->whole_files;
		rc = run_places(&s, &places, err);
	}
	scan_places_release(&places);
	release(&s);
	return rc;
}

static void scan_release(void *values)
{
	struct scan_values *v = values;

	strv_release(&v->rules);
	strv_release(&v->suppressions);
}

const struct command cmd_scan = {
	.name = "scan",
	.summary = "find splits and 32-bit reads in a tree or in revisions",
	.usage = "[options] [DIR|FILE|REV...] | [REV...] -- [DIR|FILE...]",
	.text = "Scan a directory, a file, or revisions of the repository (nothing is checked\n"
		"out; branch names may be globs) with all rules. Without an argument: the\n"
		"current directory. Several targets give a matrix of rules and branches.\n"
		"\n"
		"With --baseline only what is new is reported: what an earlier report of a scan\n"
		"(json or sarif), or a revision, has not. Code that moved, or that changed in a\n"
		"function that had such a finding, is not new; a report cannot tell what moved\n"
		"to another function or file.\n"
		"\n" SUPPRESSIONS_TEXT,
	.formats = SCAN_FORMATS,
	.options = scan_options,
	.values_size = sizeof(struct scan_values),
	.run = scan_run,
	.release = scan_release,
};

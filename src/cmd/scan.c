// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/glob.h"
#include "base/mem.h"
#include "base/progress.h"
#include "cmd.h"
#include "report/report.h"

struct scan_values {
	struct strv rules;
	bool all_paths, whole_files;
};

static const struct opt scan_options[] = {
	{ OPT_LIST, 0, "rule", offsetof(struct scan_values, rules), "ID",
	  "run this rule only; may be given several times", 0, 0 },
	{ OPT_FLAG, 0, "all-paths", offsetof(struct scan_values, all_paths), NULL,
	  "look at the whole tree, not only at the rules' paths", 0, 0 },
	{ OPT_FLAG, 0, "whole-files", offsetof(struct scan_values, whole_files), NULL,
	  "give spatch whole files, not only the functions in question", 0, 0 },
	{ .type = OPT_END },
};

/* What the arguments ask for, before anything is read. */
struct place {
	char *name;
	bool is_path;
	struct revision rev;
};

struct places {
	struct place *v;
	size_t n, cap;
};

static void add_place(struct places *places, const char *name, const struct revision *rev)
{
	struct place *p;

	GROW(places->v, places->n, places->cap);
	p = &places->v[places->n++];
	*p = (struct place){ .name = xstrdup(name), .is_path = !rev };
	if (rev)
		p->rev = *rev;
}

static int add_revision(struct app *app, struct places *places, const char *name, struct err *err)
{
	struct revision rev;
	struct repo *repo;
	int rc;

	if (app_repo(app, &repo, err))
		return -1;
	rc = repo_resolve(repo, name, &rev, err);
	if (rc > 0)
		return err_set(err, "unknown revision '%s' in %s", name, repo_dir(repo));
	if (!rc)
		add_place(places, name, &rev);
	return rc;
}

/* Branches, else remote branches, else tags of that name. */
static int add_glob(struct app *app, struct places *places, const char *glob, struct err *err)
{
	static const char *const spaces[] = { "refs/heads/", "refs/remotes/", "refs/tags/" };
	struct strv refs = STRV_INIT;
	struct repo *repo;
	int rc = app_repo(app, &repo, err);

	for (size_t i = 0; !rc && !refs.n && i < ARRAY_SIZE(spaces); i++) {
		char *full = xasprintf("%s%s", spaces[i], glob);

		rc = repo_refs(repo, full, &refs, err);
		for (size_t j = 0; !rc && j < refs.n; j++) {
			struct revision rev;

			rc = repo_resolve(repo, refs.v[j], &rev, err);
			if (!rc)
				add_place(places, refs.v[j] + strlen(spaces[i]), &rev);
		}
		free(full);
	}
	if (!rc && !refs.n)
		rc = err_set(err, "no branch or tag matches '%s' in %s", glob, repo_dir(repo));
	strv_release(&refs);
	return rc < 0 ? rc : 0;
}

/* Whether it names a revision; without a repository nothing does. */
static bool is_revision(struct app *app, const char *name)
{
	struct err err = ERR_INIT;
	struct revision rev;
	struct repo *repo;
	bool yes = !app_repo(app, &repo, &err) && repo_resolve(repo, name, &rev, &err) == 0;

	err_release(&err);
	return yes;
}

static int add_word(struct app *app, struct places *places, const char *word, struct err *err)
{
	bool path = !access(word, F_OK);

	if (path && is_revision(app, word) && repo_is_bare(app->repo))
		return add_revision(app, places, word, err);
	if (path && is_revision(app, word))
		return err_set(err,
			       "'%s' is both a path and a revision; say 'icrfix scan -- %s' for "
			       "the path or 'icrfix scan %s --' for the revision",
			       word, word, word);
	if (path) {
		add_place(places, word, NULL);
		return 0;
	}
	if (glob_is(word))
		return add_glob(app, places, word, err);
	if (strchr(word, '/') && !is_revision(app, word))
		return err_set(err, "'%s' is neither a path nor a revision", word);
	return add_revision(app, places, word, err);
}

static int find_places(struct app *app, struct places *places, int argc, char **argv,
		       struct err *err)
{
	int rc = 0;

	for (int i = 0; !rc && i < argc; i++) {
		if (app->dashdash < 0)
			rc = add_word(app, places, argv[i], err);
		else if (i >= app->dashdash)
			add_place(places, argv[i], NULL);
		else if (glob_is(argv[i]))
			rc = add_glob(app, places, argv[i], err);
		else
			rc = add_revision(app, places, argv[i], err);
	}
	if (!argc)
		add_place(places, ".", NULL);
	return rc;
}

static int open_place(struct app *app, const struct place *p, struct snapshot *snap,
		      struct err *err)
{
	struct repo *repo;

	if (p->is_path)
		return snapshot_init_dir(snap, p->name, err);
	if (app_repo(app, &repo, err))
		return -1;
	snapshot_init_rev(snap, repo, p->name, &p->rev);
	return 0;
}

static int scan_place(struct app *app, const struct engine *engine, const struct place *p,
		      struct scan_target *target, struct err *err)
{
	struct engine with_progress = *engine;
	struct progress progress;
	struct snapshot snap;
	int rc;

	if (open_place(app, p, &snap, err))
		return -1;
	progress_start(&progress, "Reading files", app->globals.quiet);
	with_progress.progress = progress_update;
	with_progress.progress_ctx = &progress;
	rc = engine_scan(&with_progress, &snap, &target->findings, &target->stats, err);
	progress_stop(&progress);
	target->name = xstrdup(p->name);
	memcpy(target->commit, snap.commit, OID_HEX);
	if (rc)
		err_context(err, "%s", p->name);
	else if (!target->stats.files)
		rc = err_set(err,
			     "%s: no C file lies under any rule's paths (such as %s), so nothing "
			     "was looked at; --all-paths looks everywhere",
			     p->name, engine->rules[0]->paths.v[0]);
	snapshot_release(&snap);
	return rc;
}

static void write_report(void *ctx, const char *format, bool to_stdout, struct buf *out)
{
	struct scan_report *report = ctx, copy = *report;

	copy.color = report->color && to_stdout;
	report_find(format)(&copy, out);
}

static void say_summary(const struct app *app, const struct scan_report *r)
{
	for (size_t i = 0; i < r->n_targets; i++) {
		const struct scan_target *t = &r->targets[i];
		size_t n = t->findings.n;

		app_say(app, "%s: %zu finding%s in %zu file%s, %zu with the rules' tokens%s",
			t->name, n, n == 1 ? "" : "s", t->stats.files,
			t->stats.files == 1 ? "" : "s", t->stats.candidates,
			t->findings.n_unseen ? "; SOME CODE WAS NOT ANALYSED" : "");
	}
}

static int report_status(const struct scan_report *r)
{
	size_t unseen, n = report_count(r, &unseen);

	return unseen ? STATUS_INCOMPLETE : n ? STATUS_FINDINGS : STATUS_OK;
}

static int run_places(struct app *app, const struct engine *engine, const struct places *places,
		      struct err *err)
{
	struct scan_report report = {
		.rules = engine->rules,
		.n_rules = engine->n_rules,
		.spatch_version = spatch_version(engine->spatch),
		.color = app_color(app),
	};
	int rc = 0;

	report.targets = xcalloc(places->n, sizeof(*report.targets));
	for (size_t i = 0; !rc && i < places->n; i++)
		rc = scan_place(app, engine, &places->v[i], &report.targets[report.n_targets++],
				err);
	if (!rc)
		rc = app_report(app, write_report, &report, err);
	if (!rc) {
		say_summary(app, &report);
		rc = report_status(&report);
	}
	for (size_t i = 0; i < report.n_targets; i++) {
		findings_release(&report.targets[i].findings);
		free(report.targets[i].name);
	}
	free(report.targets);
	return rc;
}

static int scan_run(struct app *app, void *values, int argc, char **argv, struct err *err)
{
	struct scan_values *v = values;
	struct places places = { NULL, 0, 0 };
	struct engine engine = { .rules = NULL };
	int rc = find_places(app, &places, argc, argv, err);

	if (!rc)
		rc = app_engine(app, &v->rules, PURPOSE_SCAN, &engine, err);
	if (!rc) {
		engine.all_paths = v->all_paths;
		engine.whole_files = v->whole_files;
		rc = run_places(app, &engine, &places, err);
	}
	for (size_t i = 0; i < places.n; i++)
		free(places.v[i].name);
	free(places.v);
	free((void *)(uintptr_t)engine.rules);
	return rc;
}

static void scan_release(void *values)
{
	struct scan_values *v = values;

	strv_release(&v->rules);
}

const struct command cmd_scan = {
	.name = "scan",
	.summary = "find splits and 32-bit reads in a tree or in revisions",
	.usage = "[options] [DIR|FILE|REV...] | [REV...] -- [DIR|FILE...]",
	.text = "Scan a directory, a file, or revisions of the repository (nothing is checked\n"
		"out; branch names may be globs) with all rules. Without an argument: the\n"
		"current directory. Several targets give a matrix of rules and branches.",
	.formats = SCAN_FORMATS,
	.options = scan_options,
	.values_size = sizeof(struct scan_values),
	.run = scan_run,
	.release = scan_release,
};

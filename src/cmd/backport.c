// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "backport/backport.h"
#include "base/mem.h"
#include "cmd.h"

struct backport_values {
	struct strv to;
	const char *refactor, *branch, *dir;
	bool dry_run, force;
};

static const struct opt backport_options[] = {
	{ OPT_LIST, 0, "to", offsetof(struct backport_values, to), "TARGET",
	  "a branch, tag, revision or glob, or v5.x for every 5.N; may be given several times", 0,
	  0 },
	{ OPT_STRING, 0, "refactor", offsetof(struct backport_values, refactor), "ID",
	  "which refactor (default: write64)", 0, 0 },
	{ OPT_STRING, 0, "branch", offsetof(struct backport_values, branch), "NAME",
	  "name of the new branch, for one target (default: icrfix/REFACTOR/TARGET)", 0, 0 },
	{ OPT_STRING, 'o', "output-directory", offsetof(struct backport_values, dir), "DIR",
	  "write a mail for each target there; - for standard output", 0, 0 },
	{ OPT_FLAG, 'n', "dry-run", offsetof(struct backport_values, dry_run), NULL,
	  "do all but write: no object, branch or mail", 0, 0 },
	{ OPT_FLAG, 'f', "force", offsetof(struct backport_values, force), NULL,
	  "overwrite a branch or mail that exists", 0, 0 },
	{ .type = OPT_END },
};

static int set_user(struct app *app, struct person *user, struct err *err)
{
	time_t now = time(NULL);
	struct tm tm;

	user->name = app_config(app, "user.name");
	user->email = app_config(app, "user.email");
	if (!user->name || !*user->name || !user->email || !*user->email)
		return err_set(err,
			       "user.name or user.email is not set, and the commit needs both; "
			       "see git config --global user.name \"Your Name\"");
	localtime_r(&now, &tm);
	user->time = now;
	user->offset = (int)(tm.tm_gmtoff / 60);
	return 0;
}

static int find_targets(struct app *app, const struct backport_values *v, struct repo *repo,
			struct targets *targets, struct err *err)
{
	if (!v->to.n)
		return err_set(err,
			       "which branches? give --to BRANCH, or --to v5.x for all of 5.N");
	for (size_t i = 0; i < v->to.n; i++)
		if (targets_add(targets, repo, v->to.v[i], err))
			return -1;
	if (v->branch && targets->n > 1)
		return err_set(err, "--branch goes with one target, and there are %zu", targets->n);
	for (size_t i = 0; i < targets->warnings.n; i++)
		app_warn("%s", targets->warnings.v[i]);
	(void)app;
	return 0;
}

static void say_unsigned(struct app *app)
{
	const char *sign = app_config(app, "commit.gpgSign");

	if (sign && strcmp(sign, "false") != 0 && strcmp(sign, "0") != 0 &&
	    strcmp(sign, "no") != 0 && strcmp(sign, "off") != 0)
		app_say(app, "commit.gpgSign is set, but the commits are not signed; "
			     "git commit --amend -S signs one");
}

static void write_report(void *ctx, const char *format, bool to_stdout, struct buf *out)
{
	struct backport_report *report = ctx, copy = *report;

	copy.color = report->color && to_stdout;
	if (!strcmp(format, "json"))
		backport_json(&copy, out);
	else
		backport_text(&copy, out);
}

static int print_mails(const struct outcome *outcomes, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (outcomes[i].mail.len && app_print(&outcomes[i].mail, err))
			return -1;
	return 0;
}

/* With -o - the mails have standard output, and the report goes to stderr. */
static int report(struct app *app, const struct backport *bp, const struct targets *targets,
		  const struct outcome *outcomes, struct err *err)
{
	struct backport_report r = { bp, outcomes, targets->n, &targets->warnings, app_color(app) };
	struct buf out = BUF_INIT;

	if (!bp->mail_dir || strcmp(bp->mail_dir, "-") != 0)
		return app_report(app, write_report, &r, err);
	if (print_mails(outcomes, targets->n, err))
		return -1;
	r.color = false;
	write_report(&r, app_has_format(app, "json") ? "json" : "text", false, &out);
	fwrite(out.p, 1, out.len, stderr);
	buf_release(&out);
	return 0;
}

/* What could not be done wins over wrong input, that over what a human has to do. */
static int worst(const struct outcome *outcomes, size_t n)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < n; i++)
		if ((int)outcomes[i].status > status)
			status = outcomes[i].status;
	return status;
}

static int run_targets(struct app *app, const struct backport *bp, const struct targets *targets,
		       struct err *err)
{
	struct outcome *outcomes = xcalloc(targets->n, sizeof(*outcomes));
	int rc;

	for (size_t i = 0; i < targets->n; i++)
		backport_one(bp, &targets->v[i], &outcomes[i]);
	rc = report(app, bp, targets, outcomes, err);
	for (size_t i = 0; i < targets->n; i++)
		if (outcomes[i].state == BACKPORT_FAILED && outcomes[i].reason)
			app_error("%s: %s", targets->v[i].ref, outcomes[i].reason);
	if (!rc)
		rc = worst(outcomes, targets->n);
	for (size_t i = 0; i < targets->n; i++)
		outcome_release(&outcomes[i]);
	free(outcomes);
	return rc;
}

static int prepare(struct app *app, const struct backport_values *v, struct backport *bp,
		   struct engine *engine, struct targets *targets, struct err *err)
{
	const char *id = v->refactor ? v->refactor : "write64";
	struct strv all = STRV_INIT;
	const struct pack *pack;

	*bp = (struct backport){ .engine = engine,
				 .branch = v->branch,
				 .mail_dir = v->dir,
				 .dry_run = v->dry_run,
				 .force = v->force };
	if (app_pack(app, &pack, err))
		return -1;
	bp->refactor = pack_refactor(pack, id);
	if (!bp->refactor)
		return err_set(err, "there is no refactor '%s'; 'icrfix rules list' shows all", id);
	if (app_repo(app, &bp->repo, err) || find_targets(app, v, bp->repo, targets, err) ||
	    set_user(app, &bp->user, err) || app_engine(app, &all, PURPOSE_SCAN, engine, err))
		return -1;
	bp->mail_to = app_config(app, "icrfix.to");
	if (v->branch && repo_check_branch(bp->repo, v->branch, v->force, err))
		return -1;
	return v->dry_run ? repo_write_to_memory(bp->repo, err) : 0;
}

static int backport_run(struct app *app, void *values, int argc, char **argv, struct err *err)
{
	const struct backport_values *v = values;
	struct targets targets = { NULL, 0, 0, STRV_INIT };
	struct engine engine = { .rules = NULL };
	struct backport bp;
	int rc;

	if (argc)
		return err_set(err, "'%s': a target is given with --to", argv[0]);
	rc = prepare(app, v, &bp, &engine, &targets, err);
	if (!rc) {
		say_unsigned(app);
		rc = run_targets(app, &bp, &targets, err);
	}
	targets_release(&targets);
	free((void *)(uintptr_t)engine.rules);
	return rc;
}

static void backport_release(void *values)
{
	struct backport_values *v = values;

	strv_release(&v->to);
}

const struct command cmd_backport = {
	.name = "backport",
	.summary = "carry a refactor to stable branches",
	.usage = "--to TARGET [--to ...] [--refactor ID] [options]",
	.text = "Apply a refactor to branches of the repository, verify it, and make a commit on\n"
		"a new branch for each, icrfix/REFACTOR/TARGET. HEAD, index and work tree are not\n"
		"touched; nothing is sent.",
	.formats = "text|json",
	.options = backport_options,
	.values_size = sizeof(struct backport_values),
	.run = backport_run,
	.release = backport_release,
};

// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "against.h"
#include "change.h"
#include "output.h"
#include "review/draft.h"
#include "review/range_series.h"
#include "review/write.h"

struct values {
	struct fetch_values fetch;
	const char *base, *against, *against_from, *out;
	bool fresh, trust, force;
};

#define V(field) offsetof(struct values, field)

static const struct opt options[] = {
	{ OPT_STRING, 0, "base", V(base), "REV",
	  "what the series is for (default: its base-commit, else found by its blobs)", 0, 0 },
	{ OPT_STRING, 0, "against", V(against), "vN",
	  "compare with revision N (default: an older one among the mails)", 0, 0 },
	{ OPT_STRING, 0, "against-from", V(against_from), "WHAT",
	  "a Message-ID, URL or mailbox that has the older revision", 0, 0 },
	{ OPT_FLAG, 0, "fresh", V(fresh), NULL, "review as if nobody had answered", 0, 0 },
	{ OPT_FLAG, 0, "trust", V(trust), NULL,
	  "run the base's scripts although the series changes scripts/, Makefiles or Kconfig", 0,
	  0 },
	{ OPT_STRING, 'o', "output-directory", V(out), "DIR",
	  "write drafts of replies there; - is standard output", 0, 0 },
	{ OPT_FLAG, 0, "force", V(force), NULL, "overwrite other files there", 0, 0 },
	FETCH_OPTIONS(struct values),
	{ .type = OPT_END },
};

/* One run. */
struct run {
	struct app *app;
	const struct values *v;
	struct change change;
	struct against against;
	struct review_options options;
	struct series range; /* a range as a series */
	struct review review;
	struct drafts drafts; /* replies, with -o */
};

/* icrfix.check.ID = false turns a check off. */
static int read_checks(struct run *run, struct err *err)
{
	for (size_t i = 0; review_checks[i].id; i++) {
		char *key = xasprintf("icrfix.check.%s", review_checks[i].id);
		const char *value = app_config(run->app, key);
		int rc = 0;

		if (value && (!strcmp(value, "false") || !strcmp(value, "no") ||
			      !strcmp(value, "off") || !strcmp(value, "0")))
			strv_add(&run->options.off, review_checks[i].id);
		else if (value && strcmp(value, "true") != 0 && strcmp(value, "yes") != 0 &&
			 strcmp(value, "on") != 0 && strcmp(value, "1") != 0)
			rc = err_set(err, "%s is true or false, not '%s'", key, value);
		free(key);
		if (rc)
			return rc;
	}
	return 0;
}

/*
 * What checkpatch says wrongly, or without use for who reads mails: columns of
 * tables are set off by blanks on purpose, where a new file is announced is the
 * maintainer's to know, and the script, which sees no repository, knows no commit.
 */
static void read_checkpatch_ignore(struct run *run)
{
	static const char *const usual[] = { "SPACING: space prohibited *",
					     "SPACING: need consistent spacing *",
					     "FILE_PATH_CHANGES", "UNKNOWN_COMMIT_ID" };
	struct strv set = STRV_INIT, *out = &run->options.checkpatch_ignore;

	for (size_t i = 0; i < ARRAY_SIZE(usual); i++)
		strv_add(out, usual[i]);
	app_config_all(run->app, "icrfix.checkpatchIgnore", &set);
	for (size_t i = 0; i < set.n; i++) {
		if (*set.v[i]) {
			strv_add(out, set.v[i]);
			continue;
		}
		strv_release(out);
		*out = (struct strv)STRV_INIT;
	}
	strv_release(&set);
}

static int review(struct run *run, struct err *err)
{
	struct change *c = &run->change;
	const struct pack *pack;

	run->options.fresh = run->v->fresh;
	run->options.trust = run->v->trust;
	read_checkpatch_ignore(run);
	run->options.lists.word_list = app_config(run->app, "icrfix.wordList");
	run->options.lists.codespell_dict = app_config(run->app, "icrfix.codespellDict");
	if (app_pack(run->app, &pack, err) ||
	    (c->from && range_series(c->repo, &c->lint, &run->range, err)) ||
	    against_find(&run->against, c, run->v->against, run->v->against_from, err))
		return -1;
	run->review = (struct review){
		.options = &run->options,
		.repo = c->repo,
		.engine = &c->engine,
		.pack = pack,
		.series = c->from ? &run->range : &c->fetch.series,
		.thread = c->from ? NULL : &c->fetch.thread,
		.older = run->against.found,
		.older_thread = run->against.thread,
		.lint = &c->lint,
	};
	return review_run(&run->review, err);
}

/* Who the replies are from. */
static int own_address(struct app *app, struct address *me, struct err *err)
{
	const char *name = app_config(app, "user.name"), *addr = app_config(app, "user.email");

	if (!addr || !address_is_plain(addr))
		return err_set(err, "user.email is not set or no address, and a reply needs it; "
				    "see git config --global user.email you@example.org");
	me->name = xstrdup(name ? name : "");
	me->addr = xstrdup(addr);
	return 0;
}

typedef int file_step(const char *path, const struct buf *text, bool force, struct err *err);

static int each_draft(const struct run *run, file_step *step, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < run->drafts.n; i++) {
		char *path = xasprintf("%s/%s", run->v->out, run->drafts.v[i].name);

		rc = step(path, &run->drafts.v[i].mail, run->v->force, err);
		free(path);
	}
	return rc;
}

/* All of them or none. */
static int write_files(const struct run *run, struct err *err)
{
	if (make_dirs(run->v->out, err) || each_draft(run, output_check, err))
		return -1;
	return each_draft(run, output_file, err);
}

static int write_drafts(struct run *run, struct err *err)
{
	struct address me = ADDRESS_INIT;
	struct buf mbox = BUF_INIT;
	int rc = 0;

	if (!run->v->out)
		return 0;
	rc = own_address(run->app, &me, err);
	if (!rc)
		rc = review_drafts(&run->review, &me, &run->drafts, err);
	if (!rc && output_is_stdout(run->v->out)) {
		drafts_mbox(&run->drafts, &mbox);
		rc = app_print(&mbox, err);
	} else if (!rc) {
		rc = write_files(run, err);
	}
	address_release(&me);
	buf_release(&mbox);
	return rc;
}

static void write_report(void *ctx, const char *format, bool to_stdout, struct buf *out)
{
	struct review_report report = *(const struct review_report *)ctx;

	report.color = report.color && to_stdout;
	review_find(format)(&report, out);
}

static int status(const struct run *run)
{
	const struct lint *lint = &run->change.lint;

	for (size_t i = 0; i < lint->n; i++)
		if (!review_applied(&run->review, i) || lint->patches[i].news.n_unseen)
			return STATUS_INCOMPLETE;
	return run->review.notes.n ? STATUS_FINDINGS : STATUS_OK;
}

static int report(struct run *run, struct err *err)
{
	struct review_report report = {
		.review = &run->review,
		.spatch_version = spatch_version(run->change.engine.spatch),
		.color = app_color(run->app),
	};
	size_t n = run->review.notes.n;

	for (size_t i = 0; run->app->globals.verbose && i < run->review.said.n; i++)
		app_say(run->app, "%s", run->review.said.v[i]);
	if (output_is_stdout(run->v->out) ? output_report(run->app, write_report, &report, err)
					  : app_report(run->app, write_report, &report, err))
		return -1;
	app_say(run->app, "%zu patch%s, %zu note%s", run->change.lint.n,
		run->change.lint.n == 1 ? "" : "es", n, n == 1 ? "" : "s");
	if (run->v->out && !output_is_stdout(run->v->out))
		app_say(run->app, "%zu draft%s in %s", run->drafts.n, run->drafts.n == 1 ? "" : "s",
			run->v->out);
	return status(run);
}

static int review_command(struct app *app, void *values, int argc, char **argv, struct err *err)
{
	struct run run = { .app = app, .v = values };
	struct strv all = STRV_INIT;
	int rc = read_checks(&run, err);

	if (!rc)
		rc = change_open(&run.change, app, PURPOSE_REVIEW, &all, run.v->base, &run.v->fetch,
				 err);
	if (!rc)
		rc = change_run(&run.change, argc, argv, false, err);
	if (!rc)
		rc = review(&run, err);
	if (!rc)
		rc = write_drafts(&run, err);
	if (!rc)
		rc = report(&run, err);
	drafts_release(&run.drafts);
	review_release(&run.review);
	series_release(&run.range);
	against_release(&run.against);
	change_release(&run.change);
	strv_release(&run.options.off);
	strv_release(&run.options.checkpatch_ignore);
	return rc;
}

const struct command cmd_review = {
	.name = "review",
	.summary = "review a patch series: notes on code, changelogs and series",
	.usage = "[options] [MSGID|URL|MBOX|REV..REV|-]",
	.text = "Lints the series and goes through more checks: what the rules find, with the\n"
		"change that mends it; the changelogs; the series as a whole; what replies\n"
		"propose. Nothing is sent: -o writes a draft of a reply to each patch with\n"
		"notes, for mutt -H, aerc or git send-email. 'icrfix.check.ID = false' turns a\n"
		"check off.\n"
		"\n"
		"Spelling is looked up in scripts/spelling.txt of the base, in codespell's\n"
		"dictionary (icrfix.codespellDict, else where it is installed) and in a word\n"
		"list (icrfix.wordList, else in /usr/share/dict). scripts/checkpatch.pl is that\n"
		"of the base; icrfix.checkpatchIgnore, which may be given several times, names\n"
		"types that are not noted, or globs over \"TYPE: message\" (an empty one forgets\n"
		"all before it, also the usual ones: SPACING where tables may be, new files,\n"
		"commits that it cannot see). With --verbose it is said what is not there.\n"
		"propose; what changed since an older revision. Nothing is sent.\n"
		"'icrfix.check.ID = false' turns a check off.\n"
		"\n"
		"Exit status: 0 no notes, 1 notes, 2 wrong use or bad input, 3 a patch does not\n"
		"apply or is missing or code could not be analysed, 75 the archive cannot be\n"
		"asked now.",
	.formats = REVIEW_FORMATS,
	.options = options,
	.values_size = sizeof(struct values),
	.run = review_command,
};

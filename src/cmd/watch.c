// SPDX-License-Identifier: GPL-2.0-only
#include "watch/watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "fetch.h"
#include "mail/archive.h"
#include "mail/message.h"
#include "store/store.h"
#include "tree/repo_write.h"

#define DAY 86400

struct values {
	struct fetch_values fetch; /* of these only insecure_http */
	struct strv rules, suppressions;
	const char *list, *query, *since, *base, *exec, *mail;
	int interval;
	bool once, all;
};

#define V(field) offsetof(struct values, field)

static const struct opt options[] = {
	{ OPT_STRING, 0, "list", V(list), "NAME|URL",
	  "the inbox, on the server of icrfix.loreUrl (default: icrfix.loreUrl)", 0, 0 },
	{ OPT_STRING, 0, "query", V(query), "QUERY",
	  "which mails: dfn:arch/x86/kvm/* and public-inbox's other terms", 0, 0 },
	{ OPT_STRING, 0, "since", V(since), "DAYS|DATE",
	  "look back so far (default: to the last run; the first one 7 days)", 0, 0 },
	{ OPT_FLAG, 0, "once", V(once), NULL, "one round, as for cron", 0, 0 },
	{ OPT_NUMBER, 0, "interval", V(interval), "MINUTES", "between rounds (default 15)", 1,
	  10080 },
	{ OPT_STRING, 0, "exec", V(exec), "COMMAND",
	  "run it by sh for each result, with the JSON as its input", 0, 0 },
	{ OPT_STRING, 0, "mail", V(mail), "DIR", "write each result as a mail into DIR", 0, 0 },
	{ OPT_FLAG, 0, "all", V(all), NULL, "tell of series without findings too", 0, 0 },
	{ OPT_STRING, 0, "base", V(base), "REV",
	  "what all series are for (default: as in icrfix lint)", 0, 0 },
	{ OPT_LIST, 0, "rule", V(rules), "ID", "run this rule only; may be given several times", 0,
	  0 },
	{ OPT_LIST, 0, "suppressions", V(suppressions), "FILE", SUPPRESSIONS_HELP, 0, 0 },
	{ OPT_FLAG, 0, "insecure-http", V(fetch.insecure_http), NULL,
	  "allow http:// to other hosts than this one", 0, 0 },
	{ .type = OPT_END },
};

/* One run. */
struct run {
	struct app *app;
	const struct values *v;
	struct fetch fetch;
	struct engine engine;
	struct watch watch;
	char *archive, *repo_dir, *state_dir;
};

/* Only names of inboxes; anything else would lead to another place of the server. */
static bool is_name(const char *s)
{
	return *s && *s != '.' &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "0123456789._-") == strlen(s);
}

static char *with_slash(const char *url)
{
	size_t n = strlen(url);

	return xasprintf("%s%s", url, n && url[n - 1] == '/' ? "" : "/");
}

/* The inbox NAME stands beside that of the setting: .../all/ and .../NAME/. */
static int find_archive(struct run *run, struct err *err)
{
	const char *list = run->v->list, *base = run->fetch.origin.base;
	size_t n;

	if (!base)
		base = ARCHIVE_DEFAULT;
	if (!list || archive_is_url(list)) {
		run->archive = with_slash(list ? list : base);
		return 0;
	}
	if (!is_name(list))
		return err_set(err, "--list takes the name or the URL of an inbox, not '%s'", list);
	n = strlen(base);
	while (n && base[n - 1] == '/')
		n--;
	while (n && base[n - 1] != '/')
		n--;
	if (n < 2 || base[n - 2] == '/')
		return err_set(err,
			       "--list %s: icrfix.loreUrl names no inbox beside which it "
			       "could stand: '%s'",
			       list, base);
	run->archive = xasprintf("%.*s%s/", (int)n, base, list);
	return 0;
}

/* "7" is days before now, everything else a date. */
static int parse_since(const char *word, int64_t now, int64_t *out, struct err *err)
{
	char *end, *date;
	long long when;
	bool ok;
	long days = strtol(word, &end, 10);
	int tz;

	if (end != word && !*end && days >= 0 && days <= 36500) {
		*out = now - days * DAY;
		return 0;
	}
	date = xasprintf("%s%s", word, strlen(word) == 10 ? " 00:00:00" : "");
	ok = message_parse_date(date, &when, &tz);
	free(date);
	if (!ok || when < 0)
		return err_set(err,
			       "--since takes a number of days or a date (2026-11-22), not '%s'",
			       word);
	*out = when;
	return 0;
}

static int set_times(struct run *run, struct err *err)
{
	int64_t now = (int64_t)time(NULL);
	int hours = 24, days = 60;

	if (app_config_number(run->app, "icrfix.watchPatience", 0, 8760, &hours, err) ||
	    app_config_number(run->app, "icrfix.guessDays", 0, 36500, &days, err))
		return -1;
	run->watch.patience = hours * 3600L;
	run->watch.lint.guess_days = days;
	run->watch.first = now - 7 * DAY;
	if (!run->v->since)
		return 0;
	if (parse_since(run->v->since, now, &run->watch.since, err))
		return -1;
	run->watch.first = run->watch.since;
	return 0;
}

/* A reader that went away has not read it: other than for a report, that is an error. */
static int print_result(const struct buf *out, struct err *err)
{
	size_t done = 0;

	while (done < out->len) {
		ssize_t n = write(STDOUT_FILENO, out->p + done, out->len - done);

		if (n < 0 && errno != EINTR)
			return err_set(err, "cannot write to standard output: %s", strerror(errno));
		done += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

static int set_delivery(struct run *run, struct err *err)
{
	struct deliver *d = &run->watch.deliver;
	const struct strv *formats = &run->app->globals.formats;

	for (size_t i = 0; i < formats->n; i++)
		if (strchr(formats->v[i], '='))
			return err_set(err,
				       "--format %s: there is a report for each series; --mail "
				       "and --exec take them one by one",
				       formats->v[i]);
	d->mail_dir = run->v->mail;
	d->command = run->v->exec;
	d->name = app_config(run->app, "user.name");
	d->email = app_config(run->app, "user.email");
	d->json = app_has_format(run->app, "json");
	if (formats->n || (!d->mail_dir && !d->command))
		d->print = print_result;
	if (d->mail_dir && !d->email)
		return err_set(err, "--mail needs to know whom to write to: 'git config --global "
				    "user.email ADDRESS'");
	return d->mail_dir ? make_dirs(d->mail_dir, err) : 0;
}

/* ${XDG_STATE_HOME:-~/.local/state}/icrfix, or icrfix.stateDir. */
static int find_state_dir(struct run *run, struct err *err)
{
	const char *dir = app_config(run->app, "icrfix.stateDir"), *xdg = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");

	if (dir)
		run->state_dir = xstrdup(dir);
	else if (xdg && *xdg == '/')
		run->state_dir = xasprintf("%s/icrfix", xdg);
	else if (home && *home == '/')
		run->state_dir = xasprintf("%s/.local/state/icrfix", home);
	else
		return err_set(err, "there is no home directory to keep the watch state in; say "
				    "where with icrfix.stateDir");
	return 0;
}

static int check_base(struct run *run, struct repo *repo, struct err *err)
{
	struct revision rev;
	int rc = run->v->base ? repo_resolve(repo, run->v->base, &rev, err) : 0;

	run->watch.lint.base = run->v->base;
	return rc <= 0 ? rc
		       : err_set(err, "unknown revision '%s' (--base) in %s", run->v->base,
				 repo_dir(repo));
}

static int set_repo(struct run *run, struct err *err)
{
	struct repo *repo;

	if (app_repo(run->app, &repo, err) || check_base(run, repo, err))
		return -1;
	run->repo_dir = realpath(repo_dir(repo), NULL);
	if (!run->repo_dir)
		run->repo_dir = xstrdup(repo_dir(repo));
	return 0;
}

static int prepare(struct run *run, struct err *err)
{
	struct watch *w = &run->watch;

	if (fetch_open(&run->fetch, run->app, &run->v->fetch, err) || find_archive(run, err) ||
	    set_times(run, err) || set_delivery(run, err) || find_state_dir(run, err) ||
	    set_repo(run, err) ||
	    app_engine(run->app, &run->v->rules, PURPOSE_LINT, &run->engine, err))
		return -1;
	w->key = (struct watch_key){ run->archive, run->v->query ? run->v->query : "",
				     run->repo_dir };
	/* A search is for what is new, and a thread may have grown. */
	run->fetch.origin.no_cache = true;
	run->fetch.origin.base = run->archive;
	w->origin = &run->fetch.origin;
	w->engine = &run->engine;
	w->all = run->v->all;
	w->warn = app_warn;
	return watch_state_open(&w->state, run->state_dir, &w->key, err);
}

/*
 * Branches and packs come and go between two rounds, and suppressions expire:
 * each has its own handle and reads them.
 */
static int do_round(struct run *run, struct watch_counts *counts, struct err *err)
{
	struct suppressions suppressions = SUPPRESSIONS_INIT;
	struct watch *w = &run->watch;
	int rc = app_suppressions(run->app, &run->v->suppressions, &suppressions, err);

	*counts = (struct watch_counts){ 0 };
	if (!rc)
		rc = repo_dup(&w->repo, run->app->repo, err);
	if (!rc)
		rc = repo_write_to_memory(w->repo, err);
	w->lint.suppressions = &suppressions;
	if (!rc)
		rc = watch_round(w, counts, err);
	repo_free(w->repo);
	w->repo = NULL;
	w->lint.suppressions = NULL;
	suppressions_release(&suppressions);
	if (rc)
		fetch_clean_error(err);
	return rc;
}

static void say_summary(const struct run *run, const struct watch_counts *counts)
{
	struct buf text = BUF_INIT;

	watch_summary(counts, &text);
	app_say(run->app, "%s: %s", run->archive, text.p);
	buf_release(&text);
}

static int watch_once(struct run *run, struct err *err)
{
	struct watch_counts counts;
	int rc = do_round(run, &counts, err);

	if (!rc || err->status == STATUS_TEMPFAIL)
		say_summary(run, &counts);
	if (rc)
		return rc;
	if (counts.trouble || counts.undelivered)
		return STATUS_INCOMPLETE;
	return counts.failing ? STATUS_FINDINGS : STATUS_OK;
}

/* Until a signal ends it (base/cleanup.h), or what another try does not mend. */
static int watch_on(struct run *run, struct err *err)
{
	unsigned int minutes = run->v->interval ? (unsigned int)run->v->interval : 15;

	for (;;) {
		struct watch_counts counts;
		int rc = do_round(run, &counts, err);

		if (rc && err->status != STATUS_TEMPFAIL)
			return rc;
		if (rc)
			app_warn("%s; the next try is in %u minutes", err->text, minutes);
		if (counts.linted || counts.delivered || counts.undelivered || counts.trouble ||
		    run->app->globals.verbose)
			say_summary(run, &counts);
		err_release(err);
		store_flush(run->app->store);
		sleep(minutes * 60);
	}
}

static int watch_run(struct app *app, void *values, int argc, char **argv, struct err *err)
{
	struct run run = { .app = app, .v = values };
	int rc;

	if (argc)
		return err_set(err, "watch takes no argument, as '%s'; a series is for icrfix lint",
			       argv[0]);
	if (!run.v->list && !run.v->query)
		return err_set(err, "say which list (--list) or which mails (--query) to watch");
	rc = prepare(&run, err);
	if (!rc)
		rc = run.v->once ? watch_once(&run, err) : watch_on(&run, err);
	watch_state_close(run.watch.state);
	fetch_release(&run.fetch);
	free((void *)(uintptr_t)run.engine.rules);
	free(run.archive);
	free(run.repo_dir);
	free(run.state_dir);
	return rc;
}

static void watch_values_release(void *values)
{
	struct values *v = values;

	strv_release(&v->rules);
	strv_release(&v->suppressions);
}

const struct command cmd_watch = {
	.name = "watch",
	.summary = "lint the patches that come to a list",
	.usage = "[options] --list NAME --query QUERY",
	.text = "Searches the archive for patches since the last run, sorts them into series\n"
		"and lints each once; a newer revision is linted again and compared with the\n"
		"one before: still there, fixed, new. Only series with something to say are\n"
		"told, on standard output, as mails (--mail) or to a command (--exec). It may\n"
		"be ended at any time: the next run loses and repeats no series.\n"
		"\n"
		"COMMAND is run by sh with the JSON of one result (doc/watch.schema.json) as\n"
		"its input, and again in the next run if it does not end with status 0, or if\n"
		"icrfix is killed before that is noted; \"delivery\" is then the same. What it\n"
		"leaves running is ended.\n"
		"\n"
		"A watch is its archive, query and repository; several may run at once. What\n"
		"it knows is in watch.db below icrfix.stateDir ($XDG_STATE_HOME/icrfix).\n"
		"\n" SUPPRESSIONS_TEXT "\n\n"
		"Settings: icrfix.watchPatience (24: hours that an incomplete series waits for\n"
		"its other patches), icrfix.stateDir, and those of lint.\n"
		"\n"
		"Exit status with --once: 0 nothing found, 1 findings introduced, 2 wrong use\n"
		"or a damaged state, 3 a series could not all be looked at or delivered, 75\n"
		"the archive cannot be asked now, or another run of this watch is at work.",
	.formats = "text|json",
	.options = options,
	.values_size = sizeof(struct values),
	.run = watch_run,
	.release = watch_values_release,
};

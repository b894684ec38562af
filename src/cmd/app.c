// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/pool.h"
#include "base/text.h"
#include "cmd.h"

const struct opt global_options[] = {
	{ OPT_STRING, 'C', "directory", offsetof(struct globals, dir), "DIR",
	  "run as if started in DIR", 0, 0 },
	{ OPT_LIST, 'c', "config", offsetof(struct globals, config), "KEY=VALUE",
	  "a setting for this run, as git config has it", 0, 0 },
	{ OPT_LIST, 0, "format", offsetof(struct globals, formats), "FORMAT[=FILE]",
	  "what to report; may be given several times", 0, 0 },
	{ OPT_LIST, 0, "rules", offsetof(struct globals, rules), "DIR",
	  "more rules: a directory with rules/ and cocci/", 0, 0 },
	{ OPT_NUMBER, 'j', "jobs", offsetof(struct globals, jobs), "N",
	  "run N jobs at once (default: by the processors)", 1, 512 },
	{ OPT_FLAG, 0, "no-cache", offsetof(struct globals, no_cache), NULL,
	  "neither use nor keep earlier results", 0, 0 },
	{ OPT_CHOICE, 0, "color", offsetof(struct globals, color), "always|auto|never",
	  "colour the text report (auto: on a terminal)", 0, 0 },
	{ OPT_FLAG, 'q', "quiet", offsetof(struct globals, quiet), NULL, "say only what is wrong",
	  0, 0 },
	{ OPT_FLAG, 'v', "verbose", offsetof(struct globals, verbose), NULL,
	  "say more of what is done", 0, 0 },
	{ OPT_FLAG, 'h', "help", offsetof(struct globals, help), NULL, "show this help", 0, 0 },
	{ OPT_FLAG, 0, "version", offsetof(struct globals, version), NULL, "show the version", 0,
	  0 },
	{ .type = OPT_END },
};

static const char *keep(struct app *app, char *s)
{
	if (s)
		strv_take(&app->strings, s);
	return s;
}

/* The repository if there is one, without a word if not. */
static struct repo *any_repo(struct app *app)
{
	struct err err = ERR_INIT;

	if (!app->repo && repo_open(&app->repo, NULL, &err))
		app->repo = NULL;
	err_release(&err);
	return app->repo;
}

void app_config_all(struct app *app, const char *key, struct strv *out)
{
	size_t n = strlen(key);

	repo_settings(any_repo(app), key, out);
	for (size_t i = 0; i < app->globals.config.n; i++) {
		const char *c = app->globals.config.v[i];

		if (!strncasecmp(c, key, n) && c[n] == '=')
			strv_add(out, c + n + 1);
	}
}

int app_check_config(const struct app *app, struct err *err)
{
	for (size_t i = 0; i < app->globals.config.n; i++) {
		const char *c = app->globals.config.v[i], *equals = strchr(c, '=');

		if (!equals || !memchr(c, '.', (size_t)(equals - c)))
			return err_set(err, "-c takes SECTION.KEY=VALUE, not '%s'", c);
	}
	return 0;
}

const char *app_config(struct app *app, const char *key)
{
	size_t n = strlen(key);

	for (size_t i = app->globals.config.n; i-- > 0;) {
		const char *c = app->globals.config.v[i];

		if (!strncasecmp(c, key, n) && c[n] == '=')
			return c + n + 1;
	}
	return keep(app, repo_setting(any_repo(app), key));
}

int app_config_number(struct app *app, const char *key, int min, int max, int *value,
		      struct err *err)
{
	const char *s = app_config(app, key);
	char *end;
	long v;

	if (!s)
		return 0;
	errno = 0;
	v = strtol(s, &end, 10);
	if (errno || end == s || *end || v < min || v > max)
		return err_set(err, "%s: expected a number from %d to %d, not '%s'", key, min, max,
			       s);
	*value = (int)v;
	return 0;
}

int app_repo(struct app *app, struct repo **repo, struct err *err)
{
	if (!app->repo && repo_open(&app->repo, NULL, err))
		return -1;
	*repo = app->repo;
	return 0;
}

/* A directory that is named twice is read once. */
static int load_dir(struct app *app, const char *dir, struct err *err)
{
	char *real = realpath(dir, NULL);
	int rc = 0;

	if (!real || !strv_has(&app->pack_dirs, real))
		rc = pack_load(&app->pack, dir, err);
	if (real)
		strv_take(&app->pack_dirs, real);
	return rc;
}

static int load_dirs(struct app *app, const struct strv *dirs, struct err *err)
{
	for (size_t i = 0; i < dirs->n; i++)
		if (load_dir(app, dirs->v[i], err))
			return -1;
	return 0;
}

int app_pack(struct app *app, const struct pack **pack, struct err *err)
{
	struct strv dirs = STRV_INIT;
	char *own = NULL;
	int rc = 0;

	*pack = &app->pack;
	if (app->pack_loaded)
		return 0;
	rc = pack_own_dir(&own, err);
	if (!rc)
		rc = load_dir(app, own, err);
	if (!rc) {
		app_config_all(app, "icrfix.ruleDir", &dirs);
		rc = load_dirs(app, &dirs, err);
	}
	if (!rc)
		rc = load_dirs(app, &app->globals.rules, err);
	if (!rc)
		rc = pack_finish(&app->pack, err);
	app->pack_loaded = !rc;
	strv_release(&dirs);
	free(own);
	return rc;
}

/* ${XDG_CACHE_HOME:-~/.cache}/icrfix/cache.db, or icrfix.cacheDir's. */
static char *cache_path(struct app *app)
{
	const char *dir = app_config(app, "icrfix.cacheDir"), *xdg = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	if (dir)
		return xasprintf("%s/cache.db", dir);
	if (xdg && *xdg == '/')
		return xasprintf("%s/icrfix/cache.db", xdg);
	if (home && *home == '/')
		return xasprintf("%s/.cache/icrfix/cache.db", home);
	return NULL;
}

static void open_file(struct app *app, const char *path)
{
	struct err err = ERR_INIT;
	char *warning;

	if (store_open(&app->store, path, &warning, &err)) {
		app_warn("%s; going on without", err.text);
		app->store = NULL;
	}
	if (warning)
		app_warn("%s", warning);
	free(warning);
	err_release(&err);
}

/* Without a file, what one step of a run finds is still there for the next. */
static void open_store(struct app *app)
{
	char *path;

	if (app->store)
		return;
	path = app->globals.no_cache ? NULL : cache_path(app);
	if (path)
		open_file(app, path);
	if (!app->store)
		app->store = store_in_memory();
	free(path);
}

static char *memory_get(void *ctx, const char *key)
{
	struct buf value = BUF_INIT;
	char *copy = NULL;

	if (store_get(ctx, "spatch", key, &value))
		copy = xstrdup(value.p);
	buf_release(&value);
	return copy;
}

static void memory_put(void *ctx, const char *key, const char *version)
{
	store_put(ctx, "spatch", key, version, strlen(version));
}

static int open_spatch(struct app *app, struct err *err)
{
	struct spatch_memory memory = { memory_get, memory_put, app->store };
	struct spatch_options options = { NULL, 0, 0 };
	const char *env = getenv("ICRFIX_SPATCH");
	int timeout = 60, memory_mib = 2048;

	if (app->spatch)
		return 0;
	options.program = env && *env ? env : app_config(app, "icrfix.spatch");
	if (app_config_number(app, "icrfix.spatchTimeout", 1, 86400, &timeout, err) ||
	    app_config_number(app, "icrfix.spatchMemory", 64, 1 << 20, &memory_mib, err))
		return -1;
	options.timeout_ms = (unsigned int)timeout * 1000;
	options.max_memory = (size_t)memory_mib << 20;
	return spatch_open(&app->spatch, &options, &memory, err);
}

/* One thread sleeps while its spatch starts up: a few more than processors. */
static int default_jobs(void)
{
	int n = pool_cpus();

	return n + (n + 1) / 2;
}

static int choose_rules(const struct pack *pack, const struct strv *ids, enum purpose purpose,
			struct engine *engine, struct err *err)
{
	const struct rule **rules = xcalloc(pack->n_rules, sizeof(*rules));
	size_t n = 0;

	engine->rules = rules;
	for (size_t i = 0; i < ids->n; i++)
		if (!pack_rule(pack, ids->v[i]))
			return err_set(err, "there is no rule '%s'; 'icrfix rules list' shows all",
				       ids->v[i]);
	for (size_t i = 0; i < pack->n_rules; i++) {
		const struct rule *rule = &pack->rules[i];

		if (ids->n ? strv_has(ids, rule->id) : rule_is_for(rule, purpose))
			rules[n++] = rule;
	}
	engine->n_rules = n;
	return 0;
}

int app_engine(struct app *app, const struct strv *ids, enum purpose purpose, struct engine *engine,
	       struct err *err)
{
	const struct pack *pack;

	*engine = (struct engine){ .rules = NULL };
	if (app_pack(app, &pack, err) || choose_rules(pack, ids, purpose, engine, err))
		return -1;
	open_store(app);
	if (open_spatch(app, err))
		return -1;
	engine->spatch = app->spatch;
	engine->store = app->store;
	engine->jobs = app->globals.jobs ? app->globals.jobs : default_jobs();
	return 0;
}

bool app_color(const struct app *app)
{
	const char *color = app->globals.color, *no = getenv("NO_COLOR");

	if (color && strcmp(color, "auto") != 0)
		return strcmp(color, "never") != 0;
	return isatty(STDOUT_FILENO) && !(no && *no);
}

/* A line on stderr; what comes from outside cannot play tricks on the terminal. */
static void say(const char *prefix, const char *fmt, va_list ap)
{
	char *text = xvasprintf(fmt, ap), *visible = text_visible_dup(text);

	fprintf(stderr, "%s%s\n", prefix, visible);
	free(visible);
	free(text);
}

void app_say(const struct app *app, const char *fmt, ...)
{
	va_list ap;

	if (app->globals.quiet)
		return;
	va_start(ap, fmt);
	say("icrfix: ", fmt, ap);
	va_end(ap);
}

void app_warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("icrfix: warning: ", fmt, ap);
	va_end(ap);
}

void app_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say("icrfix: ", fmt, ap);
	va_end(ap);
}

static bool knows_format(const struct command *cmd, const char *format, size_t len)
{
	for (const char *p = cmd->formats; *p; p += strcspn(p, "|"), p += *p == '|')
		if (strcspn(p, "|") == len && !strncmp(p, format, len))
			return true;
	return false;
}

int app_check_formats(const struct app *app, struct err *err)
{
	int to_stdout = 0;

	for (size_t i = 0; i < app->globals.formats.n; i++) {
		const char *f = app->globals.formats.v[i];
		size_t len = strcspn(f, "=");

		if (!knows_format(app->command, f, len))
			return err_set(err, "--format: icrfix %s knows %s, not '%.*s'",
				       app->command->name, app->command->formats, (int)len, f);
		if (f[len] && !f[len + 1])
			return err_set(err, "--format %s: the name of the file is missing", f);
		to_stdout += !f[len];
	}
	if (to_stdout > 1)
		return err_set(err,
			       "--format: two reports for standard output; give one a file, as "
			       "in --format json=FILE");
	return 0;
}

int app_print(const struct buf *out, struct err *err)
{
	if ((!out->len || fwrite(out->p, 1, out->len, stdout) == out->len) && !fflush(stdout))
		return 0;
	/* A reader that has seen enough, such as head, is no error. */
	if (errno == EPIPE)
		return 0;
	return err_set(err, "cannot write to standard output: %s", strerror(errno));
}

static int report_one(const char *format, report_writer *write, void *ctx, struct err *err)
{
	size_t len = strcspn(format, "=");
	char *name = xstrndup(format, len);
	struct buf out = BUF_INIT;
	int rc;

	write(ctx, name, !format[len], &out);
	if (format[len])
		rc = file_write(format + len + 1, out.p ? out.p : "", out.len, err);
	else
		rc = app_print(&out, err);
	buf_release(&out);
	free(name);
	return rc;
}

int app_report(const struct app *app, report_writer *write, void *ctx, struct err *err)
{
	char *first = xstrndup(app->command->formats, strcspn(app->command->formats, "|"));
	int rc = 0;

	if (!app->globals.formats.n)
		rc = report_one(first, write, ctx, err);
	for (size_t i = 0; !rc && i < app->globals.formats.n; i++)
		rc = report_one(app->globals.formats.v[i], write, ctx, err);
	free(first);
	return rc;
}

bool app_has_format(const struct app *app, const char *format)
{
	size_t n = strlen(format);

	for (size_t i = 0; i < app->globals.formats.n; i++)
		if (strcspn(app->globals.formats.v[i], "=") == n &&
		    !strncmp(app->globals.formats.v[i], format, n))
			return true;
	return false;
}

void app_release(struct app *app)
{
	char *warning;

	spatch_close(app->spatch);
	store_close(app->store, &warning);
	if (warning)
		app_warn("%s", warning);
	free(warning);
	pack_release(&app->pack);
	repo_free(app->repo);
	strv_release(&app->pack_dirs);
	strv_release(&app->strings);
	strv_release(&app->globals.config);
	strv_release(&app->globals.formats);
	strv_release(&app->globals.rules);
}

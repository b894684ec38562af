/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A command is one entry struct in its own file; the table in main.c only lists
 * them.  struct app holds what all commands share: global options, settings,
 * and, opened when first asked for, the repository, the rules and the engine.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/opt.h"
#include "base/strv.h"
#include "engine/engine.h"
#include "engine/rule.h"
#include "tree/repo.h"
#include "verdict/suppress.h"

/* The values of the global options. */
struct globals {
	const char *dir;     /* -C */
	struct strv config;  /* -c KEY=VALUE */
	struct strv formats; /* --format FORMAT[=FILE] */
	struct strv rules;   /* --rules DIR */
	bool quiet, verbose, no_cache;
	const char *color; /* NULL: not given, "": without argument */
	int jobs;          /* 0: not given */
	bool help, version;
};

extern const struct opt global_options[];

struct app;

struct command {
	const char *name;
	const char *summary; /* one line, no full stop */
	const char *usage;   /* behind "icrfix NAME " */
	const char *text;    /* a paragraph or two for --help */
	const char *formats; /* the words of --format by '|', the first is the default */
	const struct opt *options;
	size_t values_size; /* of the struct that the options fill, zeroed before */
	/* Errors are printed by main(); otherwise the exit status is returned, -1 for an error. */
	int (*run)(struct app *app, void *values, int argc, char **argv, struct err *err);
	void (*release)(void *values); /* may be NULL */
};

struct app {
	const struct command *command;
	struct globals globals;
	int dashdash; /* words before "--", or -1 */
	struct repo *repo;
	struct pack pack;
	bool pack_loaded;
	struct strv pack_dirs; /* read so far, as real paths */
	struct spatch *spatch;
	struct store *store;
	struct strv strings; /* settings that were handed out */
};

/* A setting: -c wins over git's config.  NULL when unset; lives as long as the app. */
const char *app_config(struct app *app, const char *key);

/* All values of a setting that may be given several times, git's first, then -c's. */
void app_config_all(struct app *app, const char *key, struct strv *out);

/* Whether every -c has the form of a setting. */
int app_check_config(const struct app *app, struct err *err) __attribute__((warn_unused_result));

/* The same as a number from MIN to MAX; *value is kept when unset. */
int app_config_number(struct app *app, const char *key, int min, int max, int *value,
		      struct err *err) __attribute__((warn_unused_result));

/* The repository around the current directory. */
int app_repo(struct app *app, struct repo **repo, struct err *err)
	__attribute__((warn_unused_result));

/* All rules: icrfix's own, icrfix.ruleDir's, --rules'. */
int app_pack(struct app *app, const struct pack **pack, struct err *err)
	__attribute__((warn_unused_result));

/*
 * An engine with the rules of these ids; when IDS is empty, with all that are
 * for PURPOSE.  What it points to belongs to the app, rules[] to the caller.
 */
int app_engine(struct app *app, const struct strv *ids, enum purpose purpose, struct engine *engine,
	       struct err *err) __attribute__((warn_unused_result));

/* The help of --suppressions, and the paragraph that commands with it show. */
#define SUPPRESSIONS_HELP "findings to set aside; may be given several times"
#define SUPPRESSIONS_TEXT                                                                    \
	"A file of suppressions sets findings aside, each with a reason and the last day\n"  \
	"(UTC) on which that holds:\n"                                                       \
	"  {\"icrfix-suppressions\": 1, \"suppressions\": [\n"                               \
	"    {\"fingerprint\": \"40 hex digits\",\n"                                         \
	"     \"reason\": \"...\", \"until\": \"YYYY-MM-DD\"},\n"                            \
	"    {\"rule\": \"...\", \"path\": \"...\", \"function\": \"...\",\n"                \
	"     \"reason\": \"...\", \"until\": \"YYYY-MM-DD\"}]}\n"                           \
	"They are not counted. The setting icrfix.suppressions names such files too, from\n" \
	"the top of the repository; an empty name forgets all before it."

/*
 * Read the files that icrfix.suppressions and then the OPTIONS --suppressions
 * name.  OUT is to be released whatever is returned.
 */
int app_suppressions(struct app *app, const struct strv *options, struct suppressions *out,
		     struct err *err) __attribute__((warn_unused_result));

/* Whether to colour what goes to standard output. */
bool app_color(const struct app *app);

/* A line on stderr, unless -q: "icrfix: text". */
void app_say(const struct app *app, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The same even with -q: "icrfix: warning: text", and "icrfix: text" for what went wrong. */
void app_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void app_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * Where the report goes: calls write(ctx, format, out) for each --format and
 * puts the text on standard output or into the file.  Unknown formats and two
 * for standard output are errors, found by app_check_formats() before the work.
 */
typedef void report_writer(void *ctx, const char *format, bool to_stdout, struct buf *out);
int app_check_formats(const struct app *app, struct err *err) __attribute__((warn_unused_result));
int app_report(const struct app *app, report_writer *write, void *ctx, struct err *err)
	__attribute__((warn_unused_result));

/* All of it to standard output; a full device is an error. */
int app_print(const struct buf *out, struct err *err) __attribute__((warn_unused_result));

/* Whether --format names it. */
bool app_has_format(const struct app *app, const char *format);

void app_release(struct app *app);

extern const struct command cmd_scan, cmd_lint, cmd_review, cmd_watch, cmd_backport, cmd_pull,
	cmd_rules;

#endif

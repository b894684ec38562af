// SPDX-License-Identifier: GPL-2.0-only
#include "checkpatch.h"

#include <ctype.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/proc.h"
#include "base/text.h"

/* Part of the key: change it when the same script and text can give other messages. */
#define RUN_VERSION 1
#define TIMEOUT_MS 60000
#define MAX_MEMORY ((size_t)1 << 30)
#define MAX_OUTPUT ((size_t)8 << 20)

/* The script, and what it reads beside itself where the tree has it. */
static const char *const files[] = { "scripts/checkpatch.pl", "scripts/spelling.txt",
				     "scripts/const_structs.checkpatch" };

struct run {
	const struct checkpatch *cp;
	char blobs[ARRAY_SIZE(files)][OID_HEX]; /* "": the tree has it not */
	const char *perl;
	char *dir;
	const struct buf *texts;
	struct strv outputs; /* of each text; "" until it is there */
	bool *done;
	size_t n;
	atomic_size_t next;
	struct err *errs; /* of each text: it could not be run on that one */
};

static int find_files(struct run *run, struct err *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		int rc = repo_find(run->cp->repo, run->cp->tree, files[i], run->blobs[i], err);

		if (rc < 0)
			return -1;
		if (rc)
			*run->blobs[i] = '\0';
	}
	return 0;
}

static char *make_key(const struct run *run, size_t i)
{
	struct buf key = BUF_INIT;
	char id[OID_HEX];

	blob_id(run->texts[i].p, run->texts[i].len, id);
	buf_addf(&key, "%d %s", RUN_VERSION, id);
	for (size_t k = 0; k < ARRAY_SIZE(files); k++)
		buf_addf(&key, " %s", run->blobs[k]);
	return buf_detach(&key);
}

static void set_output(struct run *run, size_t i, const char *text)
{
	free(run->outputs.v[i]);
	run->outputs.v[i] = xstrdup(text);
	run->done[i] = true;
}

/* What the store has; true when that is all. */
static bool take_kept(struct run *run)
{
	bool all = true;

	for (size_t i = 0; i < run->n; i++) {
		char *key = make_key(run, i);
		struct buf value = BUF_INIT;

		strv_add(&run->outputs, "");
		run->done[i] = !run->texts[i].len;
		if (!run->done[i] && run->cp->store &&
		    store_get(run->cp->store, "checkpatch", key, &value))
			set_output(run, i, value.p ? value.p : "");
		all = all && run->done[i];
		buf_release(&value);
		free(key);
	}
	return all;
}

static int extract(struct run *run, size_t i, struct err *err)
{
	char *path = xasprintf("%s/%s", run->dir, files[i]);
	struct blob blob;
	int rc = repo_read_blob(run->cp->repo, run->blobs[i], files[i], &blob, err);

	if (!rc) {
		rc = file_write(path, blob.p, blob.len, err);
		blob_release(&blob);
	}
	free(path);
	return rc;
}

static int make_dir(struct run *run, struct err *err)
{
	char *scripts;
	int rc;

	if (tmpdir_make(&run->dir, err))
		return -1;
	scripts = xasprintf("%s/scripts", run->dir);
	rc = make_dirs(scripts, err);
	for (size_t i = 0; !rc && i < ARRAY_SIZE(files); i++)
		if (*run->blobs[i])
			rc = extract(run, i, err);
	free(scripts);
	return rc;
}

/* It ends with 1 when it has something to say. */
static int take_result(struct run *run, size_t i, const struct proc_result *res, struct err *err)
{
	char *end, *key;

	if (res->end != PROC_EXITED || res->code > 1) {
		end = proc_end_text(res);
		err_set(err, "%s; %.300s", end, res->err.p ? res->err.p : "");
		free(end);
		return -1;
	}
	set_output(run, i, res->out.p ? res->out.p : "");
	if (!run->cp->store)
		return 0;
	key = make_key(run, i);
	store_put(run->cp->store, "checkpatch", key, run->outputs.v[i], strlen(run->outputs.v[i]));
	free(key);
	return 0;
}

/* No PATH, so that nothing else is run; a HOME without a .checkpatch.conf. */
static int run_one(struct run *run, size_t i, struct err *err)
{
	char *file = xasprintf("%zu.patch", i), *path = xasprintf("%s/%s", run->dir, file);
	char *home = xasprintf("HOME=%s", run->dir), *bin = xasprintf("PATH=%s", run->dir);
	const char *argv[] = {
		run->perl,      "scripts/checkpatch.pl", "--no-tree", "--show-types", "--terse",
		"--no-summary", "--color=never",         "--",        file,           NULL
	};
	const char *env[] = { home, bin, "LC_ALL=C.UTF-8", NULL };
	struct proc proc = {
		.argv = argv,
		.env = env,
		.cwd = run->dir,
		.timeout_ms = TIMEOUT_MS,
		.max_memory = MAX_MEMORY,
		.max_output = MAX_OUTPUT,
		.max_procs = 64,
	};
	struct proc_result res = PROC_RESULT_INIT;
	int rc = file_write(path, run->texts[i].p, run->texts[i].len, err);

	if (!rc)
		rc = proc_run(&proc, &res, err);
	if (!rc)
		rc = take_result(run, i, &res, err);
	proc_result_release(&res);
	free(file);
	free(path);
	free(home);
	free(bin);
	return rc;
}

static void work(void *ctx, int worker)
{
	struct run *run = ctx;
	size_t i;

	(void)worker;
	while ((i = atomic_fetch_add(&run->next, 1)) < run->n)
		if (!run->done[i] && run_one(run, i, &run->errs[i]))
			continue; /* the others are none the worse for it */
}

static int run_all(struct run *run, struct err *err)
{
	int rc = make_dir(run, err);

	if (!rc)
		pool_run(run->cp->jobs, work, run);
	if (run->dir)
		tmpdir_remove(run->dir);
	free(run->dir);
	return rc;
}

static struct span until(struct span *rest, char c)
{
	const char *end = memchr(rest->p, c, rest->n);
	size_t n = end ? (size_t)(end - rest->p) : rest->n;
	struct span s = { rest->p, n };

	rest->p += n + (end != NULL);
	rest->n -= n + (end != NULL);
	return s;
}

/* "0.patch:12: WARNING:TYPE: text"; anything else is no message. */
static void parse_line(struct span line, struct checkpatch_messages *out)
{
	struct checkpatch_message m = { .line = 0 };
	struct span level, type;

	until(&line, ':');
	m.line = strtoul(line.p, NULL, 10);
	until(&line, ':');
	level = span_trim(until(&line, ':'));
	type = until(&line, ':');
	line = span_trim(line);
	if (!line.n || !type.n ||
	    !(span_is(level, "ERROR") || span_is(level, "WARNING") || span_is(level, "CHECK")))
		return;
	m.level = *level.p;
	m.type = xstrndup(type.p, type.n);
	m.text = text_valid_dup(line.p, line.n);
	GROW(out->v, out->n, out->cap);
	out->v[out->n++] = m;
}

static void parse(const char *output, struct checkpatch_messages *out)
{
	struct span rest = { output, strlen(output) }, line;

	*out = (struct checkpatch_messages){ .v = NULL };
	while (text_line(&rest, &line))
		parse_line(line, out);
}

static const char *find_perl(struct run *run, char **perl)
{
	*perl = NULL;
	if (!*run->blobs[0])
		return "the tree has no scripts/checkpatch.pl";
	*perl = proc_find("perl");
	run->perl = *perl;
	return *perl ? NULL : "checkpatch needs Perl, which is not installed";
}

int checkpatch_run(const struct checkpatch *cp, const struct buf *texts, size_t n,
		   struct checkpatch_messages *out, const char **why, struct err *err)
{
	struct run run = { .cp = cp, .texts = texts, .n = n };
	char *perl;
	int rc = find_files(&run, err);

	*why = NULL;
	if (rc)
		return rc;
	*why = find_perl(&run, &perl);
	if (*why)
		return 1;
	run.done = xcalloc(n, sizeof(*run.done));
	run.errs = xcalloc(n, sizeof(*run.errs));
	if (!take_kept(&run))
		rc = run_all(&run, err);
	for (size_t i = 0; i < n; i++) {
		parse(run.outputs.v[i], &out[i]);
		out[i].failure = run.errs[i].text ? text_visible_dup(run.errs[i].text) : NULL;
		err_release(&run.errs[i]);
	}
	free(run.errs);
	strv_release(&run.outputs);
	free(run.done);
	free(perl);
	return rc;
}

void checkpatch_release(struct checkpatch_messages *messages, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < messages[i].n; k++) {
			free(messages[i].v[k].type);
			free(messages[i].v[k].text);
		}
		free(messages[i].v);
		free(messages[i].failure);
	}
}

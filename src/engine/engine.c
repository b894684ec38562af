// SPDX-License-Identifier: GPL-2.0-only
#include "engine.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/glob.h"
#include "base/mem.h"
#include "base/pool.h"
#include "cached.h"
#include "consult.h"
#include "match.h"
#include "prefilter.h"
#include "source.h"

#define CHUNK 32 /* files that a thread reads at a time */
#define BATCH 32 /* candidates of one rule that share a spatch run, at most */

/* A file that holds some rule's tokens, until the last rule is done with it. */
struct candidate {
	const struct snapshot_file *file;
	char *text;
	struct source src;
	size_t users;
};

/* Candidates of one rule that wait for a spatch run. */
struct queue {
	struct candidate **v;
	size_t n, cap;
};

struct scan {
	const struct engine *engine;
	struct snapshot *snap;
	struct prefilter *prefilter;
	struct cache cache;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t next;          /* file to read */
	size_t near;          /* files [0, near) lie under a rule's own paths */
	size_t near_left;     /* of them, not yet read */
	size_t reading;       /* threads that are reading */
	struct queue *queues; /* one a rule */
	struct consults *consults;
	struct findings *found;
	struct strv lines; /* of the candidates, for the cache */
	size_t candidates;
	struct err *err;
	atomic_bool failed;
	atomic_bool incomplete; /* lines does not say all */
};

bool engine_is_c(const char *path)
{
	size_t n = strlen(path);

	return n > 2 && path[n - 2] == '.' && (path[n - 1] == 'c' || path[n - 1] == 'h');
}

static bool under_rules(const struct engine *e, const char *path)
{
	for (size_t i = 0; i < e->n_rules; i++)
		if (rule_wants_path(e->rules[i], path))
			return true;
	return false;
}

/* Whether one of two paths is the other or lies below it. */
static bool related(const char *prefix, const char *dir)
{
	size_t a = strlen(prefix), b = strlen(dir), n = a < b ? a : b;

	return !strncmp(prefix, dir, n) && (!n || a == b || (a < b ? dir[n] : prefix[n]) == '/');
}

struct wanted {
	const struct engine *engine;
	const struct snapshot *snap;
};

static bool want_dir(void *ctx, const char *dir)
{
	const struct wanted *w = ctx;

	if (*w->snap->prefix && !related(w->snap->prefix, dir))
		return false;
	if (w->engine->all_paths)
		return true;
	for (size_t i = 0; i < w->engine->n_rules; i++) {
		const struct strv *paths = &w->engine->rules[i]->paths;

		for (size_t j = 0; j < paths->n; j++)
			if (glob_may_match_below(paths->v[j], dir))
				return true;
	}
	return false;
}

static bool want_file(void *ctx, const char *path)
{
	const struct wanted *w = ctx;
	size_t n = strlen(w->snap->prefix);

	if (!engine_is_c(path) ||
	    (n && (strncmp(path, w->snap->prefix, n) != 0 || (path[n] && path[n] != '/'))))
		return false;
	return w->engine->all_paths || under_rules(w->engine, path);
}

static void candidate_done(struct scan *s, struct candidate *c)
{
	pthread_mutex_lock(&s->lock);
	if (!--c->users) {
		source_release(&c->src);
		free(c->text);
		free(c);
	}
	pthread_mutex_unlock(&s->lock);
}

static void fail(struct scan *s, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	if (!s->failed)
		*s->err = *err;
	else
		err_release(err);
	s->failed = true;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

/* Give findings their place, drop exempted ones, add them to the result. */
static void deliver(struct scan *s, const struct rule *rule, const char *path,
		    struct findings *found)
{
	size_t out = 0;

	for (size_t i = 0; i < found->n; i++) {
		struct finding *f = &found->v[i];

		if (rule_exempts(rule, path, f->function)) {
			finding_release(f);
			continue;
		}
		f->path = xstrdup(path);
		f->rev = s->snap && s->snap->rev ? xstrdup(s->snap->rev) : NULL;
		found->v[out++] = *f;
	}
	found->n = out;
	for (size_t i = 0; i < found->n_unseen; i++) {
		struct unseen *u = &found->unseen[i];

		u->path = xstrdup(path);
		u->rev = s->snap && s->snap->rev ? xstrdup(s->snap->rev) : NULL;
	}
	pthread_mutex_lock(&s->lock);
	findings_move(s->found, found);
	pthread_mutex_unlock(&s->lock);
}

static void queue_candidate(struct scan *s, size_t rule, struct candidate *c)
{
	struct queue *q = &s->queues[rule];

	pthread_mutex_lock(&s->lock);
	GROW(q->v, q->n, q->cap);
	q->v[q->n++] = c;
	pthread_cond_signal(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

/* Rules whose tokens the bytes hold, as a bit each; 0 for a clean file. */
static uint64_t asking_rules(const struct scan *s, const char *path, const char *p, size_t len)
{
	const struct engine *e = s->engine;
	uint64_t bits = prefilter_run(s->prefilter, p, len);

	for (size_t i = 0; bits && !e->all_paths && i < e->n_rules; i++)
		if (bits >> i & 1 && !rule_wants_path(e->rules[i], path))
			bits &= ~((uint64_t)1 << i);
	return bits;
}

/* Take from the cache what is there; the bits of the rules that have to run. */
static uint64_t from_cache(struct scan *s, const struct snapshot_file *file, uint64_t bits)
{
	for (size_t i = 0; i < s->engine->n_rules; i++) {
		const struct rule *rule = s->engine->rules[i];
		struct findings found = { NULL, 0, 0, NULL, 0, 0 };

		if (!(bits >> i & 1) || !cache_get(&s->cache, &s->consults[i], file->blob, &found))
			continue;
		deliver(s, rule, file->path, &found);
		bits &= ~((uint64_t)1 << i);
	}
	return bits;
}

static void add_candidate(struct scan *s, struct snapshot_file *file, const char *p, size_t len,
			  uint64_t bits)
{
	struct candidate *c;
	uint64_t todo;

	if (!*file->blob)
		blob_id(p, len, file->blob);
	pthread_mutex_lock(&s->lock);
	s->candidates++;
	strv_take(&s->lines,
		  xasprintf("%s %llx %s", file->blob, (unsigned long long)bits, file->path));
	pthread_mutex_unlock(&s->lock);
	todo = from_cache(s, file, bits);
	if (!todo)
		return;
	c = xcalloc(1, sizeof(*c));
	c->file = file;
	c->text = xmemdup(p, len);
	source_init(&c->src, c->text, len);
	c->users = (size_t)__builtin_popcountll(todo);
	for (size_t i = 0; i < s->engine->n_rules; i++)
		if (todo >> i & 1)
			queue_candidate(s, i, c);
}

static void too_large(struct scan *s, const struct snapshot_file *file)
{
	for (size_t i = 0; i < s->engine->n_rules; i++) {
		struct findings found = { NULL, 0, 0, NULL, 0, 0 };
		struct unseen u = { .reason = NULL };

		if (!s->engine->all_paths && !rule_wants_path(s->engine->rules[i], file->path))
			continue;
		u.rule = xstrdup(s->engine->rules[i]->id);
		u.function = xstrdup("");
		u.reason = xasprintf("the file is larger than %zu MiB", READER_MAX >> 20);
		findings_add_unseen(&found, &u);
		deliver(s, s->engine->rules[i], file->path, &found);
	}
}

static int read_one(struct scan *s, struct reader *reader, struct snapshot_file *file,
		    struct err *err)
{
	const char *p;
	uint64_t bits;
	size_t len;
	int rc = reader_read(reader, file, &p, &len, err);

	if (rc < 0)
		return -1;
	if (rc) {
		too_large(s, file);
		s->incomplete = true;
		return 0;
	}
	bits = asking_rules(s, file->path, p, len);
	if (bits)
		add_candidate(s, file, p, len, bits);
	return 0;
}

static void progress(struct scan *s, int worker, size_t done)
{
	if (s->engine->progress && worker == s->engine->jobs - 1)
		s->engine->progress(s->engine->progress_ctx, done, s->snap->n);
}

/* Read files [from, to). */
static void read_chunk(struct scan *s, struct reader *reader, size_t from, size_t to)
{
	struct err err = ERR_INIT;

	for (size_t i = from; i < to && !s->failed; i++) {
		if (read_one(s, reader, &s->snap->files[i], &err)) {
			fail(s, &err);
			break;
		}
	}
	pthread_mutex_lock(&s->lock);
	s->reading--;
	if (from < s->near)
		s->near_left -= (to < s->near ? to : s->near) - from;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
}

static void run_batch(struct scan *s, size_t rule_index, struct candidate **v, size_t n)
{
	const struct rule *rule = s->engine->rules[rule_index];
	struct match *matches = xcalloc(n, sizeof(*matches));
	struct consults *consults = &s->consults[rule_index];
	struct err err = ERR_INIT;
	int rc;

	for (size_t i = 0; i < n; i++)
		matches[i].src = &v[i]->src;
	rc = match_rule(s->engine->spatch, consults, matches, n, s->engine->whole_files, &err);
	if (rc)
		fail(s, &err);
	for (size_t i = 0; i < n; i++) {
		if (!rc)
			cache_put(&s->cache, consults, v[i]->file->blob, &matches[i].found);
		deliver(s, rule, v[i]->file->path, &matches[i].found);
		candidate_done(s, v[i]);
	}
	free(matches);
}

/*
 * What waits may go when it fills a batch, or when nothing can join it soon:
 * the files under the rules' own paths, where most candidates are, are read
 * first, so that spatch works while the rest of a large tree is read.
 */
static size_t ready(const struct scan *s, size_t rule)
{
	size_t n = s->queues[rule].n, share;

	if (n >= BATCH)
		return BATCH;
	if (!n || (s->near_left && s->next < s->snap->n) ||
	    (!s->near_left && s->next < s->snap->n && s->next > s->near + 16 * CHUNK))
		return 0;
	if (s->next >= s->snap->n && s->reading)
		return 0;
	/* A small number is shared out, but not file by file. */
	share = (n + (size_t)s->engine->jobs - 1) / (size_t)s->engine->jobs;
	return n <= 8 ? n : share;
}

enum task { TASK_NONE, TASK_READ, TASK_MATCH, TASK_WAIT };

struct work {
	enum task task;
	size_t from, to; /* files */
	size_t rule, n;
	struct candidate *v[BATCH];
};

static void pick(struct scan *s, struct work *w)
{
	w->task = TASK_NONE;
	if (s->failed)
		return;
	for (size_t i = 0; i < s->engine->n_rules; i++) {
		struct queue *q = &s->queues[i];

		w->n = ready(s, i);
		if (!w->n)
			continue;
		w->task = TASK_MATCH;
		w->rule = i;
		q->n -= w->n;
		memcpy(w->v, q->v + q->n, w->n * sizeof(*w->v));
		return;
	}
	if (s->next < s->snap->n) {
		w->task = TASK_READ;
		w->from = s->next;
		w->to = s->next + CHUNK < s->snap->n ? s->next + CHUNK : s->snap->n;
		s->next = w->to;
		s->reading++;
		return;
	}
	if (s->reading)
		w->task = TASK_WAIT;
}

static void work(void *ctx, int worker)
{
	struct reader *reader = NULL;
	struct scan *s = ctx;
	struct err err = ERR_INIT;
	struct work w;

	for (;;) {
		pthread_mutex_lock(&s->lock);
		for (pick(s, &w); w.task == TASK_WAIT; pick(s, &w))
			pthread_cond_wait(&s->changed, &s->lock);
		pthread_mutex_unlock(&s->lock);
		if (w.task == TASK_NONE)
			break;
		if (w.task == TASK_MATCH) {
			run_batch(s, w.rule, w.v, w.n);
			continue;
		}
		if (!reader && reader_open(&reader, s->snap, &err))
			fail(s, &err);
		progress(s, worker, w.from);
		read_chunk(s, reader, w.from, w.to);
	}
	reader_close(reader);
}

/* Files under the rules' own paths come first; the order is kept otherwise. */
static void near_first(struct scan *s)
{
	struct snapshot_file *sorted;
	size_t n = 0;

	s->near = s->snap->n;
	if (s->engine->all_paths && s->snap->n) {
		sorted = xcalloc(s->snap->n, sizeof(*sorted));
		for (int pass = 0; pass < 2; pass++) {
			for (size_t i = 0; i < s->snap->n; i++)
				if (under_rules(s->engine, s->snap->files[i].path) == !pass)
					sorted[n++] = s->snap->files[i];
			if (!pass)
				s->near = n;
		}
		memcpy(s->snap->files, sorted, n * sizeof(*sorted));
		free(sorted);
	}
	s->near_left = s->near;
}

/* What the list of candidates depends on, besides the tree. */
static char *question(const struct engine *e, const struct snapshot *snap)
{
	struct buf text = BUF_INIT;

	buf_addf(&text, "%d %s\n", e->all_paths, snap->prefix);
	for (size_t i = 0; i < e->n_rules; i++)
		buf_addf(&text, "%s\n", e->rules[i]->digest);
	return buf_detach(&text);
}

/*
 * The candidates of a tree that was read before: only what the cache lacks has
 * to be read again.  A first line tells how many files there were.
 */
static bool take_candidates(struct scan *s, const struct strv *lines, struct engine_stats *stats)
{
	if (!lines->n)
		return false;
	stats->files = strtoul(lines->v[0], NULL, 10);
	for (size_t i = 1; i < lines->n; i++) {
		char blob[OID_HEX], *rest;
		struct snapshot_file file = { .path = NULL };
		uint64_t bits;

		if (strlen(lines->v[i]) < OID_HEX + 2)
			return false;
		snprintf(blob, sizeof(blob), "%.40s", lines->v[i]);
		bits = strtoull(lines->v[i] + OID_HEX, &rest, 16);
		if (*rest != ' ')
			return false;
		memcpy(file.blob, blob, OID_HEX);
		file.path = rest + 1;
		if (from_cache(s, &file, bits))
			snapshot_add(s->snap, file.path, blob);
	}
	stats->candidates = lines->n - 1;
	stats->from_cache = true;
	return true;
}

static int list_files(struct scan *s, struct engine_stats *stats, struct err *err)
{
	struct wanted wanted = { s->engine, s->snap };
	struct snapshot_filter filter = { want_dir, want_file, &wanted };

	if (snapshot_list(s->snap, &filter, err))
		return -1;
	stats->files = s->snap->n;
	return 0;
}

static void keep_candidates(struct scan *s, const char *asked, size_t files)
{
	struct strv lines = STRV_INIT;

	strv_take(&lines, xasprintf("%zu", files));
	strv_sort(&s->lines, false);
	for (size_t i = 0; i < s->lines.n; i++)
		strv_add(&lines, s->lines.v[i]);
	cache_put_candidates(&s->cache, s->snap->tree, asked, &lines);
	strv_release(&lines);
}

static void scan_release(struct scan *s)
{
	for (size_t i = 0; i < s->engine->n_rules; i++) {
		struct queue *q = &s->queues[i];

		while (q->n)
			candidate_done(s, q->v[--q->n]);
		free(q->v);
		consults_release(&s->consults[i]);
	}
	free(s->queues);
	free(s->consults);
	prefilter_free(s->prefilter);
	strv_release(&s->lines);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->changed);
}

static void scan_init(struct scan *s, const struct engine *engine, struct snapshot *snap,
		      struct findings *out, struct err *err)
{
	*s = (struct scan){
		.engine = engine,
		.snap = snap,
		.found = out,
		.err = err,
		.prefilter = prefilter_new(engine->rules, engine->n_rules),
		.cache = { engine->store, spatch_identity(engine->spatch), engine->whole_files },
	};
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	s->queues = xcalloc(engine->n_rules, sizeof(*s->queues));
	s->consults = xcalloc(engine->n_rules, sizeof(*s->consults));
	for (size_t i = 0; i < engine->n_rules; i++)
		consults_init(&s->consults[i], engine->rules[i], engine->whole_files);
}

static int find_consulted(struct scan *s, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < s->engine->n_rules; i++)
		rc = consults_find(&s->consults[i], s->snap, err);
	return rc;
}

/* Read the files that are listed, and match. */
static int run(struct scan *s)
{
	near_first(s);
	pool_run(s->engine->jobs, work, s);
	return s->failed ? -1 : 0;
}

static int finish(struct scan *s, int rc)
{
	scan_release(s);
	if (rc)
		findings_release(s->found);
	else
		findings_finish(s->found);
	return rc;
}

static int check_rules(const struct engine *engine, struct err *err)
{
	if (engine->n_rules > 64)
		return err_set(err, "more than 64 rules at once; choose some with --rule");
	return 0;
}

int engine_scan(const struct engine *engine, struct snapshot *snap, struct findings *out,
		struct engine_stats *stats, struct err *err)
{
	struct strv lines = STRV_INIT;
	char *asked;
	struct scan s;
	int rc;

	*stats = (struct engine_stats){ 0, 0, false };
	if (check_rules(engine, err))
		return -1;
	asked = question(engine, snap);
	scan_init(&s, engine, snap, out, err);
	rc = find_consulted(&s, err);
	if (!rc && (!cache_get_candidates(&s.cache, snap->tree, asked, &lines) ||
		    !take_candidates(&s, &lines, stats)))
		rc = list_files(&s, stats, err);
	if (!rc)
		rc = run(&s);
	if (!stats->from_cache)
		stats->candidates = s.candidates;
	if (!rc && !stats->from_cache && !s.incomplete)
		keep_candidates(&s, asked, stats->files);
	strv_release(&lines);
	free(asked);
	return finish(&s, rc);
}

int engine_scan_files(const struct engine *engine, struct snapshot *snap, struct findings *out,
		      struct err *err)
{
	struct scan s;
	int rc;

	if (check_rules(engine, err))
		return -1;
	scan_init(&s, engine, snap, out, err);
	rc = find_consulted(&s, err);
	return finish(&s, rc ? rc : run(&s));
}

int engine_consulted(const struct engine *engine, const struct rule *rule, struct snapshot *snap,
		     char **key, struct err *err)
{
	struct consults consults;
	int rc;

	consults_init(&consults, rule, engine->whole_files);
	rc = consults_find(&consults, snap, err);
	*key = xstrdup(consults.key);
	consults_release(&consults);
	return rc;
}

int engine_scan_text(const struct engine *engine, const char *path, const char *text, size_t len,
		     struct findings *out, struct err *err)
{
	struct snapshot_file file = { .path = (char *)(uintptr_t)path };
	struct snapshot none = { .files = &file, .n = 1 };
	struct scan s;
	uint64_t bits;

	scan_init(&s, engine, &none, out, err);
	s.next = none.n;
	for (size_t i = 0; i < engine->n_rules; i++)
		consults_set(&s.consults[i], path, text, len);
	bits = asking_rules(&s, path, text, len);
	if (bits)
		add_candidate(&s, &file, text, len, bits);
	pool_run(engine->jobs, work, &s);
	return finish(&s, s.failed ? -1 : 0);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "step.h"
#include "tree/apply.h"
#include "tree/repo_log.h"

#define TOGETHER 64 /* patches that are judged at once, at most */

/* A patch whose changes are known but not judged. */
struct opened {
	size_t patch;
	struct sides sides;
};

struct run {
	const struct lint_options *opt;
	struct repo *repo;
	struct sides_of of;
	struct lint *out;
	char tree[OID_HEX]; /* as the patches so far left it */
	struct opened *opened;
	size_t n, cap;
};

static struct lint_patch *add_patch(struct lint *lint)
{
	struct lint_patch *p;

	GROW(lint->patches, lint->n, lint->cap);
	p = &lint->patches[lint->n++];
	*p = (struct lint_patch){ .state = LINT_MISSING };
	return p;
}

/* A patch may change, move or mend what an earlier one introduced. */
static void follow(struct lint *lint, size_t last, struct judged *later, const char *before)
{
	for (size_t i = 0; i < last; i++) {
		for (size_t k = 0; k < lint->patches[i].n_judged; k++) {
			struct judged *j = &lint->patches[i].v[k];

			if (j->verdict != VERDICT_INTRODUCED || j->partner != LINT_NONE ||
			    strcmp(j->now, before) != 0)
				continue;
			later->partner = i;
			if (later->verdict == VERDICT_FIXED)
				j->partner = last;
			else
				memcpy(j->now, later->finding.fingerprint, OID_HEX);
			return;
		}
	}
}

/* Fixed first: what is fixed may have the fingerprint that another one takes. */
static void follow_all(struct lint *lint, size_t last)
{
	struct lint_patch *p = &lint->patches[last];

	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < p->n_judged; i++) {
			struct judged *j = &p->v[i];
			bool fixed = j->verdict == VERDICT_FIXED;

			if (j->verdict != VERDICT_INTRODUCED && fixed == !pass)
				follow(lint, last, j,
				       fixed ? j->finding.fingerprint : j->was_fingerprint);
		}
	}
}

static void refuse(struct lint_patch *p, const char *path, size_t hunk, size_t line,
		   const char *reason)
{
	p->state = LINT_REFUSED;
	p->refused_path = path ? xstrdup(path) : NULL;
	p->refused_hunk = hunk;
	p->refused_line = line;
	p->refused_reason = xstrdup(reason);
}

static enum lint_state state_of(enum apply_how how)
{
	switch (how) {
	case APPLY_EXACT:
		return LINT_EXACT;
	case APPLY_MOVED:
		return LINT_MOVED;
	case APPLY_MERGED:
		return LINT_MERGED;
	case APPLY_ALREADY:
		break;
	}
	return LINT_ALREADY;
}

/* Parse and apply: 0 also when it is refused. */
static int apply(struct run *run, const struct series_patch *sp, struct lint_patch *p,
		 struct err *err)
{
	struct diff diff = DIFF_INIT;
	struct applied applied = { .path = NULL };
	struct err bad = ERR_INIT;
	int rc;

	if (!sp->diff || sp->damage) {
		refuse(p, NULL, 0, 0, sp->damage ? sp->damage : "there is no diff in the mail");
		return 0;
	}
	if (diff_parse(&diff, sp->diff, sp->diff_len, &bad) || diff_check_paths(&diff, &bad)) {
		refuse(p, NULL, 0, 0, bad.text);
		err_release(&bad);
		diff_release(&diff);
		return 0;
	}
	rc = apply_diff(run->repo, run->tree, &diff, !run->opt->no_merge, &applied, err);
	if (rc > 0)
		refuse(p, applied.path, applied.hunk, applied.line, applied.reason);
	else if (!rc)
		p->state = state_of(applied.how);
	memcpy(p->tree, rc ? run->tree : applied.tree, OID_HEX);
	applied_release(&applied);
	diff_release(&diff);
	return rc < 0 ? -1 : 0;
}

/* What one patch changes, as soon as it is in the tree; judged later with others. */
static int open_sides(struct run *run, const struct strv *before, const char *rev, struct err *err)
{
	size_t index = run->out->n - 1;
	struct opened *o;

	GROW(run->opened, run->n, run->cap);
	o = &run->opened[run->n++];
	o->patch = index;
	return sides_open(&o->sides, &run->of, before, run->out->patches[index].tree, rev, err);
}

/* All that is open, in few spatch runs. */
static int judge_opened(struct run *run, struct err *err)
{
	struct sides *all = xcalloc(run->n, sizeof(*all));
	int rc;

	for (size_t i = 0; i < run->n; i++)
		all[i] = run->opened[i].sides;
	rc = sides_prefetch(all, run->n, err);
	free(all);
	for (size_t i = 0; i < run->n; i++) {
		struct opened *o = &run->opened[i];
		struct lint_patch *p = &run->out->patches[o->patch];

		if (!rc) {
			rc = step_judge(&o->sides, run->opt->suppressions, p, &run->out->paths,
					err);
			if (rc)
				err_context(err, "patch %d/%d", p->n, p->m);
			else
				follow_all(run->out, o->patch);
		}
		sides_release(&o->sides);
	}
	run->n = 0;
	return rc;
}

static int lint_mail(struct run *run, const struct series_patch *sp, struct err *err)
{
	struct lint_patch *p = add_patch(run->out);
	struct strv before = STRV_INIT;
	int rc;

	p->n = sp->n;
	p->m = sp->m;
	p->subject = sp->subject ? xstrdup(sp->subject) : NULL;
	p->message_id = sp->message_id ? xstrdup(sp->message_id) : NULL;
	memcpy(p->before, run->tree, OID_HEX);
	memcpy(p->tree, run->tree, OID_HEX);
	if (run->out->stopped)
		p->state = LINT_STOPPED;
	if (sp->missing || run->out->stopped)
		return 0;
	rc = apply(run, sp, p, err);
	run->out->stopped = p->state == LINT_REFUSED && run->opt->strict;
	if (!rc && strcmp(p->tree, run->tree) != 0) {
		strv_add(&before, run->tree);
		rc = open_sides(run, &before, NULL, err);
		memcpy(run->tree, p->tree, OID_HEX);
		strv_release(&before);
	}
	if (rc)
		err_context(err, "patch %d/%d", p->n, p->m);
	return rc;
}

/* One line for all patches that a single mail does not bring. */
static void note_missing(struct lint *lint, const struct series *s)
{
	int missing = 0;

	for (int i = 0; i < s->expected; i++)
		missing += s->patches[i].missing;
	if (missing)
		strv_take(&lint->notes, xasprintf("only this mail was looked at; %d of the %d "
						  "patches of its series are not here",
						  missing, s->expected));
}

static void progress(const struct run *run, size_t done, size_t total)
{
	if (run->opt->progress)
		run->opt->progress(run->opt->progress_ctx, done, total);
}

/* An entry with a fingerprint alone may speak of code that the series leaves alone. */
static bool looked_at(void *ctx, const struct suppression *entry)
{
	const struct lint *lint = ctx;

	return entry->path && strv_has(&lint->paths, entry->path);
}

static int finish(struct run *run, int rc, struct err *err)
{
	if (!rc)
		rc = judge_opened(run, err);
	for (size_t i = 0; i < run->n; i++)
		sides_release(&run->opened[i].sides);
	free(run->opened);
	if (run->opt->suppressions)
		suppressions_looked(run->opt->suppressions, looked_at, run->out);
	return rc;
}

int lint_series(const struct lint_options *opt, struct repo *repo, const struct engine *engine,
		const struct series *series, struct lint *out, struct err *err)
{
	struct run run = { .opt = opt, .repo = repo, .of = { repo, engine }, .out = out };
	int rc = 0;

	*out = (struct lint){ .single = opt->single, .revision = series->revision };
	out->title = series->title ? xstrdup(series->title) : NULL;
	if (base_find(repo, series, opt->base, opt->guess_days, &out->base, &out->notes, err))
		return -1;
	memcpy(run.tree, out->base.rev.tree, OID_HEX);
	if (opt->single)
		note_missing(out, series);
	for (int i = 0; !rc && i < series->expected; i++) {
		progress(&run, (size_t)i, (size_t)series->expected);
		if (!opt->single || !series->patches[i].missing)
			rc = lint_mail(&run, &series->patches[i], err);
		if (!rc && run.n == TOGETHER)
			rc = judge_opened(&run, err);
	}
	return finish(&run, rc, err);
}

static int parent_trees(struct repo *repo, const struct commit *c, struct strv *trees,
			struct err *err)
{
	for (size_t i = 0; i < c->parents.n; i++) {
		struct revision rev;
		int rc = repo_resolve(repo, c->parents.v[i], &rev, err);

		if (rc)
			return rc < 0 ? -1 : err_set(err, "commit %s is missing", c->parents.v[i]);
		strv_add(trees, rev.tree);
	}
	if (!c->parents.n)
		strv_add(trees, REPO_EMPTY_TREE);
	return 0;
}

static int lint_commit(struct run *run, const struct commit *c, size_t n, size_t m, struct err *err)
{
	struct lint_patch *p = add_patch(run->out);
	struct strv before = STRV_INIT;
	int rc;

	p->n = (int)n;
	p->m = (int)m;
	p->subject = xstrdup(c->summary);
	p->state = LINT_COMMIT;
	memcpy(p->commit, c->id, OID_HEX);
	memcpy(p->tree, c->tree, OID_HEX);
	rc = parent_trees(run->repo, c, &before, err);
	if (!rc)
		memcpy(p->before, before.v[0], OID_HEX);
	if (!rc)
		rc = open_sides(run, &before, c->id, err);
	strv_release(&before);
	if (rc)
		err_context(err, "commit %.12s", c->id);
	return rc;
}

int lint_range(const struct lint_options *opt, struct repo *repo, const struct engine *engine,
	       const char *from, const char *to, struct lint *out, struct err *err)
{
	struct run run = { .opt = opt, .repo = repo, .of = { repo, engine }, .out = out };
	struct commits commits = { NULL, 0, 0 };
	int rc;

	*out = (struct lint){ .base = { .how = BASE_PARENT } };
	rc = repo_range(repo, from, to, &commits, err);
	for (size_t i = 0; !rc && i < commits.n; i++) {
		progress(&run, i, commits.n);
		rc = lint_commit(&run, &commits.v[i], i + 1, commits.n, err);
		if (!rc && run.n == TOGETHER)
			rc = judge_opened(&run, err);
	}
	commits_release(&commits);
	return finish(&run, rc, err);
}

size_t lint_without(const struct lint *lint, size_t patch, size_t from)
{
	for (size_t i = from; i < patch; i++)
		if (lint->patches[i].state == LINT_REFUSED ||
		    lint->patches[i].state == LINT_MISSING)
			return i;
	return LINT_NONE;
}

bool judged_counts(const struct judged *j)
{
	return j->verdict == VERDICT_INTRODUCED && j->partner == LINT_NONE && !j->suppressed;
}

static void add_nth(struct buf *out, size_t n)
{
	static const char *const words[] = { "first", "second",  "third",  "fourth", "fifth",
					     "sixth", "seventh", "eighth", "ninth",  "tenth" };
	static const char *const ends[] = { "th", "st", "nd", "rd" };
	bool teen = n % 100 / 10 == 1;

	if (n <= ARRAY_SIZE(words))
		buf_adds(out, words[n - 1]);
	else
		buf_addf(out, "%zu%s", n, ends[teen || n % 10 > 3 ? 0 : n % 10]);
}

/* The length of the directory that all sites lie in, without its slash. */
static size_t common_dir(const struct judged *j)
{
	const char *path = j->finding.path;
	size_t n = strlen(path);

	for (size_t i = 0; i < j->n_others; i++) {
		size_t same = 0;

		while (same < n && path[same] == j->others[i].path[same])
			same++;
		n = same;
	}
	while (n && path[n] != '/')
		n--;
	return n;
}

void judged_ordinal(const struct judged *j, struct buf *out)
{
	const char *slash = strrchr(j->finding.path, '/');
	size_t dir = common_dir(j);

	if (!j->n_others)
		return;
	buf_adds(out, "the ");
	add_nth(out, j->nth_in_file);
	buf_addf(out, " in %s", slash ? slash + 1 : j->finding.path);
	if (j->nth_in_file == j->n_others + 1)
		return;
	buf_adds(out, " and the ");
	add_nth(out, j->n_others + 1);
	if (dir)
		buf_addf(out, " under %.*s", (int)dir, j->finding.path);
	else
		buf_adds(out, " in the tree");
}

static void place_release(struct place *p)
{
	free(p->path);
	free(p->function);
}

static void patch_release_lint(struct lint_patch *p)
{
	for (size_t i = 0; i < p->n_judged; i++) {
		struct judged *j = &p->v[i];

		finding_release(&j->finding);
		place_release(&j->was);
		for (size_t k = 0; k < j->n_others; k++)
			place_release(&j->others[k]);
		free(j->others);
	}
	free(p->v);
	findings_release(&p->news);
	free(p->subject);
	free(p->message_id);
	free(p->refused_path);
	free(p->refused_reason);
}

void lint_release(struct lint *lint)
{
	for (size_t i = 0; i < lint->n; i++)
		patch_release_lint(&lint->patches[i]);
	free(lint->patches);
	free(lint->title);
	base_release(&lint->base);
	strv_release(&lint->notes);
	strv_release(&lint->paths);
	*lint = (struct lint){ .title = NULL };
}

// SPDX-License-Identifier: GPL-2.0-only
#include "base.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "tree/repo_log.h"
#include "tree/repo_paths.h"

#define DAY 86400
#define DAYS_AFTER 7

/* What the first patch to touch a file says of its pre-image. */
struct pre_images {
	struct strv paths, blobs; /* blobs perhaps shortened */
	struct strv seen;         /* all paths of earlier patches */
	bool asks;                /* there is such a file */
};

struct guess {
	const struct pre_images *pre;
	struct path_finder *finder;
	struct base *best;
	struct err *err;
	bool failed;
};

static void note_path(struct pre_images *pre, const char *path)
{
	if (path && !strv_has(&pre->seen, path))
		strv_add(&pre->seen, path);
}

static void add_file(struct pre_images *pre, const struct diff_file *f)
{
	bool first = f->old_path && !strv_has(&pre->seen, f->old_path);

	pre->asks |= first;
	if (first && *f->old_blob && strspn(f->old_blob, "0") != strlen(f->old_blob) &&
	    diff_path_ok(f->old_path)) {
		strv_add(&pre->paths, f->old_path);
		strv_add(&pre->blobs, f->old_blob);
	}
	note_path(pre, f->old_path);
	note_path(pre, f->new_path);
}

static void add_patch(struct pre_images *pre, const struct series_patch *p)
{
	struct diff diff = DIFF_INIT;
	struct err ignored = ERR_INIT; /* told when the patch is applied */

	if (p->missing || !p->diff)
		return;
	if (!diff_parse(&diff, p->diff, p->diff_len, &ignored))
		for (size_t i = 0; i < diff.n; i++)
			add_file(pre, &diff.files[i]);
	diff_release(&diff);
	err_release(&ignored);
}

static void visit(void *ctx, const struct commit *c)
{
	struct guess *g = ctx;
	size_t matched = 0;

	if (g->failed || path_finder_look(g->finder, c->tree, g->err)) {
		g->failed = true;
		return;
	}
	for (size_t i = 0; i < g->pre->blobs.n; i++)
		matched += !strncmp(path_finder_blob(g->finder, i), g->pre->blobs.v[i],
				    strlen(g->pre->blobs.v[i]));
	if (matched && matched == g->best->matched) {
		g->best->ties++;
	} else if (matched > g->best->matched) {
		g->best->matched = matched;
		g->best->ties = 0;
		memcpy(g->best->rev.commit, c->id, OID_HEX);
		memcpy(g->best->rev.tree, c->tree, OID_HEX);
		g->best->rev.time = c->time;
		free(g->best->summary);
		g->best->summary = xstrdup(c->summary);
	}
}

static int64_t series_date(const struct series *s)
{
	int64_t date = s->has_cover ? s->cover.date : 0;

	for (int i = 0; i < s->expected; i++)
		if (!s->patches[i].missing && s->patches[i].date > date)
			date = s->patches[i].date;
	return date;
}

static int no_match(const struct pre_images *pre, int days, bool shallow, struct err *err)
{
	if (!pre->paths.n)
		return err_set(err, "the series names neither a base-commit nor the blobs that it "
				    "changes; say with --base REV what it is for");
	return err_set(err,
		       "no commit of this repository from %d days before the series to %d days "
		       "after it has any of the %zu files as the series knows them; say with "
		       "--base REV what it is for, or widen icrfix.guessDays%s",
		       days, DAYS_AFTER, pre->paths.n,
		       shallow ? " (this clone is shallow: " REPO_DEEPEN_HINT ")" : "");
}

/* New files alone go onto any commit. */
static int take_head(struct repo *repo, struct base *out, struct err *err)
{
	int rc = repo_resolve(repo, "HEAD", &out->rev, err);

	if (rc > 0)
		return err_set(err, "the series only adds files, and there is no HEAD to add them "
				    "to; say with --base REV what it is for");
	return rc;
}

static int guess(struct repo *repo, const struct series *s, int days, struct base *out,
		 struct err *err)
{
	struct pre_images pre = { STRV_INIT, STRV_INIT, STRV_INIT, false };
	struct guess g = { .pre = &pre, .best = out, .err = err };
	int64_t date = series_date(s);
	int rc = 0;

	for (int i = 0; i < s->expected; i++)
		add_patch(&pre, &s->patches[i]);
	out->how = BASE_GUESSED;
	out->asked = pre.paths.n;
	if (pre.seen.n && !pre.asks) {
		rc = take_head(repo, out, err);
	} else if (pre.paths.n) {
		g.finder = path_finder_new(repo, &pre.paths);
		rc = repo_recent(repo, date - (int64_t)days * DAY, date + DAYS_AFTER * DAY, visit,
				 &g, err);
		rc = g.failed ? -1 : rc;
		path_finder_free(g.finder);
	}
	if (!rc && !*out->rev.commit)
		rc = no_match(&pre, days, repo_is_shallow(repo), err);
	if (!rc)
		out->name = xstrdup(out->rev.commit);
	strv_release(&pre.paths);
	strv_release(&pre.blobs);
	strv_release(&pre.seen);
	return rc;
}

static int given_base(struct repo *repo, const char *name, struct base *out, struct err *err)
{
	int rc = repo_resolve(repo, name, &out->rev, err);

	if (rc > 0)
		return err_set(err, "unknown revision '%s' (--base) in %s%s", name, repo_dir(repo),
			       repo_is_shallow(repo) ? "; this clone is shallow: " REPO_DEEPEN_HINT
						     : "");
	out->how = BASE_GIVEN;
	out->name = xstrdup(name);
	return rc;
}

int base_find(struct repo *repo, const struct series *series, const char *given, int days,
	      struct base *out, struct strv *notes, struct err *err)
{
	int rc;

	*out = (struct base){ .how = BASE_GIVEN };
	if (given)
		return given_base(repo, given, out, err);
	if (series->base_commit) {
		rc = repo_resolve(repo, series->base_commit, &out->rev, err);
		if (rc < 0)
			return -1;
		if (!rc) {
			out->how = BASE_TOLD;
			out->name = xstrdup(series->base_commit);
			return 0;
		}
		strv_take(notes,
			  xasprintf("the series' base-commit %s is not in this repository, so a "
				    "base was guessed",
				    series->base_commit));
	}
	return guess(repo, series, days, out, err);
}

void base_text(const struct base *base, struct buf *out)
{
	switch (base->how) {
	case BASE_GIVEN:
		buf_addf(out, "base: %s (%.12s)", base->name, base->rev.commit);
		break;
	case BASE_TOLD:
		buf_addf(out, "base: %.12s, the series' base-commit", base->rev.commit);
		break;
	case BASE_GUESSED:
		if (!base->asked) {
			buf_addf(out, "base: HEAD (%.12s), since the series only adds files",
				 base->rev.commit);
			break;
		}
		buf_addf(out,
			 "base: %.12s (\"%s\"), guessed: it has %zu of the %zu files as the "
			 "series knows them",
			 base->rev.commit, base->summary, base->matched, base->asked);
		if (base->ties)
			buf_addf(out, "; so have %zu other commits, this one is the newest",
				 base->ties);
		break;
	case BASE_PARENT:
		buf_adds(out, "base: each commit's own parent");
		break;
	case BASE_NONE:
		buf_adds(out, "base: none, there is no patch");
		break;
	}
}

void base_release(struct base *base)
{
	free(base->name);
	free(base->summary);
	*base = (struct base){ .how = BASE_GIVEN };
}

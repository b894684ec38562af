// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "diff/diff.h"
#include "proposal.h"
#include "tree/apply.h"
#include "tree/repo_write.h"

static const struct lint_patch *answered(const struct review *r, const struct proposal *p)
{
	return p->patch == NOTE_SERIES ? NULL : &r->lint->patches[p->patch];
}

static char *after_text(const struct review *r, const struct lint_patch *lp, bool after)
{
	if (!after || !strcmp(lp->before, lp->tree))
		return strcmp(lp->before, r->lint->base.rev.tree)
			       ? xasprintf("before %d/%d", lp->n, lp->m)
			       : xstrdup("the base");
	return xasprintf("after %d/%d", lp->n, lp->m);
}

/* Put it into one file: as proposal_put_function(), 1 without a reason when there is none. */
static int put_in_file(struct review *r, const struct lint_patch *lp, const char *path,
		       struct proposal *p, const struct sketch *sketch, struct put *put,
		       struct err *err)
{
	struct new_file file = { .path = path };
	char blob[OID_HEX], *text = NULL;
	struct blob old;
	int rc = repo_find(r->repo, lp->tree, path, blob, err);

	if (rc || repo_read_blob(r->repo, blob, path, &old, err))
		return rc > 0 ? 1 : -1;
	switch (sketch_put(sketch, old.p, old.len, &text, &file.len)) {
	case SKETCH_PUT:
		file.p = text;
		rc = repo_write_tree(r->repo, lp->tree, &file, 1, put->tree, NULL, err) ? -1 : 0;
		break;
	case SKETCH_SAME:
		rc = 2;
		break;
	case SKETCH_UNCLEAR:
		p->reason = xasprintf("where %s() begins and ends in %s is not clear", sketch->name,
				      path);
		rc = 1;
		break;
	case SKETCH_NONE:
		rc = 1;
		break;
	}
	free(text);
	blob_release(&old);
	return rc;
}

/* Whether a file of the tree before the patch has the function just so: it is quoted. */
static int was_so(struct review *r, const struct lint_patch *lp, const char *path,
		  const struct sketch *sketch, struct err *err)
{
	char blob[OID_HEX], *text = NULL;
	enum sketch_put how;
	struct blob old;
	size_t len;
	int rc = repo_find(r->repo, lp->before, path, blob, err);

	if (rc || repo_read_blob(r->repo, blob, path, &old, err))
		return rc > 0 ? 0 : -1;
	how = sketch_put(sketch, old.p, old.len, &text, &len);
	free(text);
	blob_release(&old);
	return how == SKETCH_SAME;
}

static int put_in_files(struct review *r, const struct lint_patch *lp, const struct diff *diff,
			struct proposal *p, const struct sketch *sketch, struct put *put,
			struct err *err)
{
	int rc = 1;

	for (size_t i = 0; rc == 1 && !p->reason && i < diff->n; i++) {
		const char *path = diff->files[i].new_path;
		int same;

		if (!path || !engine_is_c(path))
			continue;
		rc = put_in_file(r, lp, path, p, sketch, put, err);
		same = rc ? 0 : was_so(r, lp, path, sketch, err);
		if (same)
			rc = same < 0 ? -1 : 2;
	}
	return rc;
}

int proposal_put_function(struct review *r, struct proposal *p, const struct sketch *sketch,
			  struct put *put, struct err *err)
{
	const struct lint_patch *lp = answered(r, p);
	const struct series_patch *sp = lp ? review_patch(r, p->patch) : NULL;
	struct diff diff = DIFF_INIT;
	struct err bad = ERR_INIT;
	int rc = 1;

	*put = (struct put){ .function = p->name };
	if (!sp || !sp->diff) {
		p->reason = xstrdup("the patch that it answers is not here");
		return 1;
	}
	if (!diff_parse(&diff, sp->diff, sp->diff_len, &bad) && !diff_check_paths(&diff, &bad))
		rc = put_in_files(r, lp, &diff, p, sketch, put, err);
	if (rc == 1 && !p->reason)
		p->reason = xasprintf("no file that the patch changes has a function %s()",
				      sketch->name);
	memcpy(put->before, lp->before, OID_HEX);
	memcpy(put->onto, lp->tree, OID_HEX);
	if (!rc)
		p->onto = after_text(r, lp, true);
	diff_release(&diff);
	err_release(&bad);
	return rc;
}

/* The trees that a diff may be meant for, in the order in which they are tried. */
struct target {
	const char *tree;
	char *name;
};

static size_t targets(const struct review *r, const struct proposal *p, bool is_patch,
		      struct target *out)
{
	const struct lint_patch *lp = answered(r, p), *last = NULL;
	size_t n = 0;

	if (r->lint->n)
		last = &r->lint->patches[r->lint->n - 1];
	if (lp && !is_patch && strcmp(lp->before, lp->tree) != 0)
		out[n++] = (struct target){ lp->tree, after_text(r, lp, true) };
	if (lp && strcmp(lp->before, r->lint->base.rev.tree) != 0)
		out[n++] = (struct target){ lp->before, after_text(r, lp, false) };
	out[n++] = (struct target){ r->lint->base.rev.tree, xstrdup("the base") };
	if (lp && is_patch && strcmp(lp->before, lp->tree) != 0)
		out[n++] = (struct target){ lp->tree, after_text(r, lp, true) };
	if (!lp && last)
		out[n++] = (struct target){ last->tree, after_text(r, last, true) };
	return n;
}

/* Try a tree: as apply_diff(); what refuses it first is the reason. */
static int try(struct review *r, struct proposal *p, const struct diff *diff,
	       const struct target *t, bool merge, struct put *put, struct err *err)
{
	struct applied applied = APPLIED_INIT;
	int rc = apply_diff(r->repo, t->tree, diff, merge, &applied, err);

	if (rc > 0 && !p->reason)
		p->reason = applied.path ? xasprintf("%s: %s", applied.path, applied.reason)
					 : xstrdup(applied.reason);
	if (!rc) {
		memcpy(put->before, t->tree, OID_HEX);
		memcpy(put->onto, t->tree, OID_HEX);
		memcpy(put->tree, applied.tree, OID_HEX);
		p->onto = xstrdup(t->name);
	}
	applied_release(&applied);
	return rc;
}

int proposal_put_diff(struct review *r, struct proposal *p, const struct embedded *embedded,
		      struct put *put, struct err *err)
{
	struct diff diff = DIFF_INIT;
	struct err bad = ERR_INIT;
	struct target all[3];
	size_t n;
	int rc = 1;

	if (diff_parse(&diff, embedded->diff, embedded->diff_len, &bad) ||
	    diff_check_paths(&diff, &bad)) {
		p->reason = xstrdup(bad.text);
		err_release(&bad);
		diff_release(&diff);
		return 1;
	}
	n = targets(r, p, embedded->is_patch, all);
	for (size_t merge = 0; rc == 1 && merge < 2; merge++)
		for (size_t i = 0; rc == 1 && i < n; i++)
			rc = try(r, p, &diff, &all[i], merge, put, err);
	if (!rc) {
		free(p->reason);
		p->reason = NULL;
		rc = strcmp(put->tree, put->onto) ? 0 : 2;
	}
	for (size_t i = 0; i < n; i++)
		free(all[i].name);
	diff_release(&diff);
	return rc;
}

static int open_sides(struct put *put, const struct sides_of *of, const char *before,
		      struct err *err)
{
	struct strv trees = STRV_INIT;
	int rc;

	strv_add(&trees, before);
	rc = sides_open(&put->sides[put->n_sides++], of, &trees, put->tree, NULL, err);
	strv_release(&trees);
	return rc;
}

int put_open(struct put *put, const struct sides_of *of, struct err *err)
{
	int rc = open_sides(put, of, put->before, err);

	if (!rc && strcmp(put->before, put->onto) != 0)
		rc = open_sides(put, of, put->onto, err);
	return rc;
}

const struct file_changes *put_changes(const struct put *put)
{
	return &put->sides[put->n_sides - 1].v[0].changes;
}

void put_release(struct put *put)
{
	for (size_t i = 0; i < put->n_sides; i++)
		sides_release(&put->sides[i]);
	put->n_sides = 0;
}

// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check.h"
#include "proposal.h"
#include "returns.h"
#include "tree/repo_diff.h"
#include "verdict/step.h"

/*
 * A proposal as a series of one patch, so that the checks of patches look at
 * it as they look at any other.
 */
struct one {
	struct series series;
	struct lint lint;
	struct review review;
};

/* The checks that look at nothing but code. */
static int (*const code_checks[])(struct review *r, struct err *err) = {
	check_findings,
};

static void init_series(struct one *one, const struct proposal *p, const struct embedded *diff,
			struct buf *text)
{
	struct series_patch *sp = xcalloc(1, sizeof(*sp));

	one->series = (struct series)SERIES_INIT;
	one->series.expected = one->series.found = 1;
	one->series.patches = sp;
	sp->n = sp->m = 1;
	sp->subject = xstrdup(diff ? diff->subject : p->name);
	sp->message_id = xstrdup(p->message_id);
	sp->changelog = xstrdup(diff ? diff->changelog : "");
	sp->notes = xstrdup("");
	sp->diff_len = text->len;
	sp->diff = buf_detach(text);
}

static int init(struct one *one, struct review *r, const struct proposal *p, const struct put *put,
		const struct embedded *diff, struct err *err)
{
	struct buf stat = BUF_INIT, text = BUF_INIT;
	struct lint_patch *lp;
	int rc = 0;

	*one = (struct one){ .lint = { .base = r->lint->base } };
	GROW(one->lint.patches, one->lint.n, one->lint.cap);
	lp = &one->lint.patches[one->lint.n++];
	*lp = (struct lint_patch){ .n = 1, .m = 1, .state = LINT_EXACT };
	memcpy(lp->before, put->onto, OID_HEX);
	memcpy(lp->tree, put->tree, OID_HEX);
	if (diff)
		buf_add(&text, diff->diff, diff->diff_len);
	else
		rc = repo_diff_trees(r->repo, put->onto, put->tree, &stat, &text, err);
	init_series(one, p, diff, &text);
	one->review = (struct review){ .options = r->options,
				       .repo = r->repo,
				       .engine = r->engine,
				       .pack = r->pack,
				       .series = &one->series,
				       .lint = &one->lint };
	buf_release(&stat);
	return rc;
}

static void release(struct one *one)
{
	review_release(&one->review);
	series_release(&one->series);
	one->lint.base = (struct base){ .name = NULL };
	lint_release(&one->lint);
}

static int judge(struct sides *sides, struct lint_patch *out, struct err *err)
{
	struct strv paths = STRV_INIT;
	int rc = step_judge(sides, NULL, out, &paths, err);

	strv_release(&paths);
	return rc;
}

/* Of a function's tree only the function is the proposal; the rest is the patch. */
static void keep_function(struct lint_patch *lp, const char *function)
{
	size_t out = 0;

	for (size_t i = 0; i < lp->n_judged; i++) {
		struct judged *j = &lp->v[i];

		if (!strcmp(j->finding.function, function)) {
			struct judged kept = *j;

			*j = lp->v[out];
			lp->v[out++] = kept;
		} else {
			j->verdict = VERDICT_SAME;
		}
	}
}

static void take_fixes(struct proposal *p, struct lint_patch *lp)
{
	for (size_t i = 0; i < lp->n_judged; i++) {
		if (lp->v[i].verdict != VERDICT_FIXED)
			continue;
		findings_add(&p->fixes, &lp->v[i].finding);
		lp->v[i].finding = (struct finding){ .rule = NULL };
	}
	findings_move(&p->fixes, &lp->news);
}

/* What the proposal mends of the tree that it was put into. */
static int find_fixes(struct proposal *p, struct put *put, struct lint_patch *judged,
		      struct err *err)
{
	struct lint second = { .title = NULL };
	int rc;

	if (put->n_sides == 1) {
		take_fixes(p, judged);
		return 0;
	}
	GROW(second.patches, second.n, second.cap);
	second.patches[second.n++] = (struct lint_patch){ .state = LINT_EXACT };
	rc = judge(&put->sides[1], &second.patches[0], err);
	if (!rc)
		take_fixes(p, &second.patches[0]);
	lint_release(&second);
	return rc;
}

/* Whether the patch that is answered introduces this too. */
static bool patch_has(const struct review *r, const struct proposal *p, const struct put *put,
		      const struct note *n)
{
	const struct lint_patch *lp = p->patch == NOTE_SERIES ? NULL : &r->lint->patches[p->patch];

	for (size_t i = 0; lp && put->function && i < lp->n_judged; i++) {
		const struct finding *f = &lp->v[i].finding;

		if (lp->v[i].verdict == VERDICT_INTRODUCED && !strcmp(f->rule, n->check) &&
		    !strcmp(f->path, n->path) && !strcmp(f->function, put->function))
			return true;
	}
	return false;
}

static void take_notes(struct review *r, struct proposal *p, const struct put *put,
		       struct notes *notes)
{
	for (size_t i = 0; i < notes->n; i++) {
		struct note *n = notes_add(&p->notes, &notes->v[i]);

		n->patch = p->patch;
		if (n->path && patch_has(r, p, put, n)) {
			char *text = xasprintf("As in the patch, %s", n->text);

			free(n->text);
			n->text = text;
		}
	}
	notes->n = 0;
}

static void note_return(struct proposal *p, const char *path, const struct bad_return *b)
{
	struct note n = {
		.check = xstrdup("return-value"),
		.patch = p->patch,
		.path = xstrdup(path),
		.line = b->line,
		.side = NOTE_NEW,
		.severity = SEVERITY_ERROR,
		.evidence = xstrdup(b->text),
		.text = b->value ? xasprintf("%s() is a void function and cannot return a value.",
					     b->function->name)
				 : xasprintf("%s() has to return a value.", b->function->name),
	};

	notes_add(&p->notes, &n);
}

static bool has_return(const struct bad_returns *all, const struct bad_return *b)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->v[i].function->name, b->function->name) &&
		    !strcmp(all->v[i].text, b->text) && all->v[i].value == b->value)
			return true;
	return false;
}

/* What a file has to do with returns, and had not before; OLD may be NULL. */
static void compare_returns(struct proposal *p, const char *path, const struct blob *old,
			    const struct blob *new)
{
	struct bad_returns were = { NULL, 0, 0 }, are = { NULL, 0, 0 };
	struct source before, after;

	source_init(&before, old ? old->p : "", old ? old->len : 0);
	source_init(&after, new->p, new->len);
	bad_returns_find(&were, &before);
	bad_returns_find(&are, &after);
	for (size_t i = 0; !after.doubt && i < are.n; i++)
		if (!has_return(&were, &are.v[i]))
			note_return(p, path, &are.v[i]);
	bad_returns_release(&were);
	bad_returns_release(&are);
	source_release(&before);
	source_release(&after);
}

static int check_returns(struct review *r, struct proposal *p, const struct put *put,
			 struct err *err)
{
	const struct file_changes *changes = put_changes(put);
	int rc = 0;

	for (size_t i = 0; !rc && i < changes->n; i++) {
		const struct file_change *c = &changes->v[i];
		struct blob old, new;

		if (!c->new_path || !engine_is_c(c->new_path))
			continue;
		if (c->old_path && repo_read_blob(r->repo, c->old_blob, c->old_path, &old, err))
			rc = -1;
		else if (repo_read_blob(r->repo, c->new_blob, c->new_path, &new, err))
			rc = -1;
		if (rc)
			break;
		compare_returns(p, c->new_path, c->old_path ? &old : NULL, &new);
		if (c->old_path)
			blob_release(&old);
		blob_release(&new);
	}
	return rc;
}

int proposal_judge(struct review *r, struct proposal *p, struct put *put,
		   const struct embedded *diff, struct err *err)
{
	struct one one;
	struct lint_patch *lp;
	int rc = init(&one, r, p, put, diff, err);

	lp = &one.lint.patches[0];
	if (!rc)
		rc = judge(&put->sides[0], lp, err);
	if (!rc && put->function)
		keep_function(lp, put->function);
	for (size_t i = 0; !rc && i < ARRAY_SIZE(code_checks); i++)
		rc = code_checks[i](&one.review, err);
	if (!rc) {
		take_notes(r, p, put, &one.review.notes);
		rc = find_fixes(p, put, lp, err) || check_returns(r, p, put, err) ? -1 : 0;
	}
	release(&one);
	return rc;
}

// SPDX-License-Identifier: GPL-2.0-only
/* What a series is as a whole: complete, on a known base, each patch good by itself. */
#include <stdlib.h>

#include "base/mem.h"
#include "check.h"

static void add_series_note(struct review *r, char *text)
{
	struct note note = {
		.check = xstrdup("missing"),
		.patch = NOTE_SERIES,
		.severity = SEVERITY_WARNING,
		.text = text,
	};

	notes_add(&r->notes, &note);
}

static void note_missing(struct review *r)
{
	struct buf list = BUF_INIT;
	size_t n = 0;

	for (size_t i = 0; i < r->lint->n; i++) {
		const struct lint_patch *p = &r->lint->patches[i];

		if (p->state == LINT_MISSING)
			buf_addf(&list, "%s%d/%d", n++ ? ", " : "", p->n, p->m);
	}
	if (n)
		add_series_note(r, xasprintf("%s %s not in the thread: later patches were looked "
					     "at without %s.",
					     list.p, n > 1 ? "are" : "is", n > 1 ? "them" : "it"));
	buf_release(&list);
}

int check_missing(struct review *r, struct err *err)
{
	enum base_how how = r->lint->base.how;

	(void)err;
	if (r->lint->single || !r->thread)
		return 0;
	note_missing(r);
	if (r->series->base_commit && how == BASE_GUESSED)
		add_series_note(r, xasprintf("the base-commit %s is not in the repository: say "
					     "where it can be fetched from, or rebase.",
					     r->series->base_commit));
	return 0;
}

static void note_mended(struct review *r, size_t patch, const struct judged *j)
{
	const struct lint_patch *later = &r->lint->patches[j->partner];
	struct note note = {
		.check = xstrdup("mended-later"),
		.patch = patch,
		.path = xstrdup(j->finding.path),
		.line = j->finding.line,
		.severity = SEVERITY_NOTE,
		.text = xasprintf("%s (%s). Patch %d/%d mends it: reorder, so that this one does "
				  "not introduce it.",
				  j->finding.message, j->finding.rule, later->n, later->m),
		.evidence = xstrdup(j->finding.snippet),
	};

	notes_add(&r->notes, &note);
}

/* Matters of style may come and go within a series. */
int check_mended(struct review *r, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < r->lint->n; i++) {
		const struct lint_patch *p = &r->lint->patches[i];

		for (size_t k = 0; k < p->n_judged; k++) {
			const struct judged *j = &p->v[k];

			if (j->verdict == VERDICT_INTRODUCED && j->partner != LINT_NONE &&
			    !j->suppressed && j->finding.severity > SEVERITY_NOTE)
				note_mended(r, i, j);
		}
	}
	return 0;
}

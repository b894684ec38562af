// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "finding_text.h"
#include "lint_report.h"
#include "style.h"
#include "suppressions.h"

static void add_safe(struct buf *out, const char *s)
{
	text_visible(out, s, strlen(s), false);
}

static void add_place(struct buf *out, const char *path, int line, const char *function)
{
	add_safe(out, path);
	buf_addf(out, ":%d", line);
	if (*function) {
		buf_adds(out, " in ");
		add_safe(out, function);
		buf_adds(out, "()");
	}
}

static void add_head(const struct lint_report *r, struct buf *out)
{
	const struct lint *lint = r->lint;
	struct buf title = BUF_INIT, base = BUF_INIT;

	if (lint->title) {
		add_safe(&title, lint->title);
		if (lint->revision > 1)
			buf_addf(&title, ", v%d", lint->revision);
		text_color(out, r->color, COLOR_BOLD, title.p);
		buf_addc(out, '\n');
	}
	base_text(&lint->base, &base);
	add_safe(out, base.p);
	buf_addc(out, '\n');
	for (size_t i = 0; i < lint->notes.n; i++) {
		buf_adds(out, "note: ");
		add_safe(out, lint->notes.v[i]);
		buf_addc(out, '\n');
	}
	buf_addc(out, '\n');
	buf_release(&title);
	buf_release(&base);
}

static void add_trouble(const struct lint_report *r, const struct lint_patch *p, struct buf *out)
{
	struct buf trouble = BUF_INIT, safe = BUF_INIT;

	lint_patch_trouble(p, &trouble);
	if (trouble.len) {
		buf_adds(&safe, "  ");
		add_safe(&safe, trouble.p);
		buf_addc(&safe, '\n');
		text_color(out, r->color, COLOR_RED, safe.p);
	}
	buf_release(&trouble);
	buf_release(&safe);
}

/* How it came into the tree, when that is worth a word. */
static const char *way(const struct lint_patch *p)
{
	switch (p->state) {
	case LINT_MOVED:
		return "at another line";
	case LINT_MERGED:
		return "by a 3-way merge";
	case LINT_ALREADY:
		return "the tree has it already";
	default:
		return NULL;
	}
}

static void add_patch_line(const struct lint_report *r, size_t index, struct buf *out)
{
	const struct lint_patch *p = &r->lint->patches[index];
	struct buf line = BUF_INIT, without = BUF_INIT;

	if (*p->commit)
		buf_addf(&line, "%.12s ", p->commit);
	else
		buf_addf(&line, "%d/%d ", p->n, p->m);
	add_safe(&line, p->subject ? p->subject : "(no subject)");
	text_color(out, r->color, COLOR_CYAN, line.p);
	lint_patch_without(r->lint, index, &without);
	if (way(p))
		buf_addf(out, " (%s)", way(p));
	if (without.len)
		buf_addf(out, " (without %s)", without.p);
	buf_addc(out, '\n');
	add_trouble(r, p, out);
	buf_release(&line);
	buf_release(&without);
}

/* Which patch it is, as people name it. */
static void add_name(const struct lint_patch *p, struct buf *out)
{
	if (*p->commit)
		buf_addf(out, "%.12s", p->commit);
	else
		buf_addf(out, "%d/%d", p->n, p->m);
}

static void add_introduced(const struct lint_report *r, const struct lint_patch *p,
			   const struct judged *j, struct buf *out)
{
	const struct rule *rule = lint_rule(r, j->finding.rule);

	finding_text(&j->finding, r->color, out);
	buf_adds(out, "  introduced by ");
	add_name(p, out);
	if (j->n_others) {
		buf_adds(out, ": ");
		judged_ordinal(j, out);
		buf_adds(out, j->n_others == 1 ? "; the other is\n" : "; the others are\n");
	} else {
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < j->n_others; i++) {
		buf_adds(out, "    ");
		add_place(out, j->others[i].path, j->others[i].line, j->others[i].function);
		buf_addc(out, '\n');
	}
	if (rule)
		finding_mend_text(rule, out);
	if (rule && rule->refactor)
		buf_addf(out, "  'icrfix backport --refactor %s --to BRANCH' brings the helper\n",
			 rule->refactor);
	buf_addc(out, '\n');
}

/* What does not count: one line each. */
static void add_line(const struct lint_report *r, const struct lint_patch *p,
		     const struct judged *j, struct buf *out)
{
	const struct finding *f = &j->finding;

	text_color(out, r->color, COLOR_GREEN, verdict_name(j->verdict));
	buf_adds(out, " by ");
	add_name(p, out);
	buf_adds(out, ": ");
	if (j->verdict == VERDICT_MOVED) {
		add_place(out, j->was.path, j->was.line, j->was.function);
		buf_adds(out, " to ");
	}
	add_place(out, f->path, f->line, f->function);
	buf_addf(out, " [%s]", f->rule);
	if (j->partner != LINT_NONE) {
		buf_adds(out, j->verdict == VERDICT_INTRODUCED ? ", fixed later by "
							       : ", introduced by ");
		add_name(&r->lint->patches[j->partner], out);
	}
	if (j->suppressed) {
		buf_adds(out, ", suppressed: ");
		add_safe(out, j->suppressed->reason);
	}
	buf_addc(out, '\n');
}

static void add_judged(const struct lint_report *r, const struct lint_patch *p, struct buf *out)
{
	size_t lines = 0;

	for (size_t i = 0; i < p->n_judged; i++)
		if (judged_counts(&p->v[i]))
			add_introduced(r, p, &p->v[i], out);
	for (size_t i = 0; i < p->n_judged; i++) {
		if (judged_counts(&p->v[i]))
			continue;
		add_line(r, p, &p->v[i], out);
		lines++;
	}
	for (size_t i = 0; i < p->news.n_unseen; i++, lines++)
		unseen_text(&p->news.unseen[i], r->color, out);
	if (lines)
		buf_addc(out, '\n');
}

void lint_text(const struct lint_report *r, struct buf *out)
{
	const struct lint *lint = r->lint;

	add_head(r, out);
	for (size_t i = 0; i < lint->n; i++)
		add_patch_line(r, i, out);
	if (lint->n)
		buf_addc(out, '\n');
	for (size_t i = 0; i < lint->n; i++)
		add_judged(r, &lint->patches[i], out);
	text_suppressions(out, r->color, r->suppressions);
}

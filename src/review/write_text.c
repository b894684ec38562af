// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report/lint_report.h"
#include "report/style.h"
#include "write_priv.h"

static void add_safe(struct buf *out, const char *s)
{
	text_visible(out, s, strlen(s), false);
}

static void add_title(const struct review_report *report, struct buf *out)
{
	const struct review *r = report->review;
	struct buf title = BUF_INIT, base = BUF_INIT;

	if (r->series->title) {
		add_safe(&title, r->series->title);
		if (r->series->revision > 1)
			buf_addf(&title, ", v%d", r->series->revision);
		text_color(out, report->color, COLOR_BOLD, title.p);
		buf_addc(out, '\n');
	}
	base_text(&r->lint->base, &base);
	add_safe(out, base.p);
	buf_addc(out, '\n');
	for (size_t i = 0; i < r->lint->notes.n; i++) {
		buf_adds(out, "note: ");
		add_safe(out, r->lint->notes.v[i]);
		buf_addc(out, '\n');
	}
	buf_release(&title);
	buf_release(&base);
}

static void add_patch_title(const struct review_report *report, size_t patch, struct buf *out)
{
	const struct lint *lint = report->review->lint;
	struct buf line = BUF_INIT, without = BUF_INIT, trouble = BUF_INIT;

	buf_addc(out, '\n');
	if (patch == NOTE_SERIES) {
		text_color(out, report->color, COLOR_CYAN, "== the series");
	} else {
		const struct lint_patch *p = &lint->patches[patch];

		buf_addf(&line, "== %d/%d ", p->n, p->m);
		add_safe(&line, p->subject ? p->subject : "(no subject)");
		text_color(out, report->color, COLOR_CYAN, line.p);
		lint_patch_without(lint, patch, &without);
		if (without.len)
			buf_addf(out, " (without %s)", without.p);
		lint_patch_trouble(p, &trouble);
		if (trouble.len) {
			buf_adds(out, "\n   ");
			add_safe(out, trouble.p);
		}
	}
	buf_adds(out, "\n");
	buf_release(&line);
	buf_release(&without);
	buf_release(&trouble);
}

static void add_lines(const char *text, const char *prefix, struct buf *out)
{
	struct span rest = { text, strlen(text) }, line;

	while (text_line(&rest, &line)) {
		buf_adds(out, prefix);
		text_visible(out, line.p, line.n, false);
		buf_addc(out, '\n');
	}
}

static void add_place(const struct note *n, struct buf *out)
{
	if (n->path) {
		add_safe(out, n->path);
		if (n->line)
			buf_addf(out, ":%d", n->line);
		if (n->side == NOTE_OLD)
			buf_adds(out, " (before)");
	} else if (n->side == NOTE_CHANGELOG && n->line) {
		buf_addf(out, "changelog:%d", n->line);
	} else {
		buf_adds(out, n->side == NOTE_CHANGELOG ? "subject" : "patch");
	}
	buf_adds(out, ": ");
}

void review_text_note(const struct review_report *report, const struct note *n, struct buf *out)
{
	struct buf place = BUF_INIT, safe = BUF_INIT;

	add_place(n, &place);
	buf_addc(out, '\n');
	text_color(out, report->color, COLOR_BOLD, place.p);
	buf_addf(out, "%s [%s]\n", severity_name(n->severity), n->check);
	if (n->evidence)
		add_lines(n->evidence, "  | ", out);
	add_safe(&safe, n->text);
	text_wrap(out, 2, safe.p);
	if (n->author) {
		buf_adds(out, "  said already by ");
		add_safe(out, n->author);
		buf_adds(out, " in <");
		add_safe(out, n->remark_id ? n->remark_id : "");
		buf_adds(out, ">\n");
	}
	if (n->diff)
		add_lines(n->diff, "    ", out);
	for (size_t i = 0; i < n->links.n; i++) {
		buf_adds(out, "  ");
		add_safe(out, n->links.v[i]);
		buf_addc(out, '\n');
	}
	buf_release(&place);
	buf_release(&safe);
}

/* All notes about one patch, under its title; a patch in trouble has a title in any case. */
static void add_patch(const struct review_report *report, size_t patch, struct buf *out)
{
	const struct review *r = report->review;
	bool titled = patch != NOTE_SERIES && !review_applied(r, patch);

	if (titled)
		add_patch_title(report, patch, out);
	for (size_t i = 0; i < r->notes.n; i++) {
		if (r->notes.v[i].patch != patch)
			continue;
		if (!titled)
			add_patch_title(report, patch, out);
		titled = true;
		review_text_note(report, &r->notes.v[i], out);
	}
}

void review_text(const struct review_report *report, struct buf *out)
{
	const struct review *r = report->review;

	add_title(report, out);
	add_patch(report, NOTE_SERIES, out);
	for (size_t i = 0; i < r->lint->n; i++)
		add_patch(report, i, out);
	for (size_t i = 0; i < r->n_proposals; i++)
		review_text_proposal(report, &r->proposals[i], out);
	review_text_revisions(report, out);
}

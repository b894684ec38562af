// SPDX-License-Identifier: GPL-2.0-only
/* One patch of the page: what it says, its diff with the notes, its functions. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "html.h"
#include "mail/message.h"
#include "report/lint_report.h"

/* While a patch is written. */
struct writing {
	const struct review *r;
	struct sheet sheet;
	struct spot *spots; /* those that are still to come, and how many */
	size_t n;
	struct buf *out;
};

static void add_note(struct writing *w, const struct spot *spot)
{
	char *id = html_note_id(w->r, spot->note);

	html_note(w->out, spot->note, id, sheet_function(&w->sheet, spot->note), spot->here);
	free(id);
}

/* How many notes stand under a line, from the next one on. */
static size_t notes_at(const struct writing *w, size_t line)
{
	size_t n = 0;

	while (n < w->n && w->spots[n].line == line)
		n++;
	return n;
}

static void add_notes(struct writing *w, size_t line)
{
	for (size_t n = notes_at(w, line); n; n--, w->n--)
		add_note(w, w->spots++);
}

/* A line of the changelog, with its marked words. */
static void add_text(struct writing *w, size_t i)
{
	const struct sheet_line *l = &w->sheet.v[i];
	char *marks = sheet_marks(l, w->spots, notes_at(w, i));
	size_t from = 0;

	buf_adds(w->out, "<div class=\"l\"><code>");
	while (from < l->text.n) {
		size_t to = from + 1;

		while (to < l->text.n && (!marks || marks[to] == marks[from]))
			to++;
		if (marks && marks[from])
			buf_adds(w->out, "<mark>");
		html_text(w->out, l->text.p + from, to - from);
		if (marks && marks[from])
			buf_adds(w->out, "</mark>");
		from = to;
	}
	buf_adds(w->out, "</code></div>\n");
	free(marks);
}

static void open_box(struct buf *out, const char *class, bool open)
{
	buf_addf(out, "<details class=\"%s\"%s>\n<summary>", class, open ? " open" : "");
}

static void begin_lines(struct buf *out)
{
	buf_adds(out, "</summary>\n<div class=\"box\"><div class=\"lines\">\n");
}

static void end_lines(struct buf *out)
{
	buf_adds(out, "</div></div>\n</details>\n");
}

/* The changelog; returns the line after it. */
static size_t add_changelog(struct writing *w, bool open)
{
	size_t i = 0;

	if (!w->sheet.n || w->sheet.v[0].kind != SHEET_CHANGELOG)
		return 0;
	open_box(w->out, "log", open);
	buf_adds(w->out, "Changelog");
	begin_lines(w->out);
	for (; i < w->sheet.n && w->sheet.v[i].kind == SHEET_CHANGELOG; i++) {
		add_text(w, i);
		add_notes(w, i);
	}
	end_lines(w->out);
	return i;
}

static void add_counts(const struct sheet *s, size_t from, size_t file, struct buf *out)
{
	size_t add = 0, del = 0;

	for (size_t i = from; i < s->n && s->v[i].file == file; i++) {
		add += s->v[i].mark == '+';
		del += s->v[i].mark == '-';
	}
	buf_addf(out, " <span class=\"plus\">+%zu</span> <span class=\"minus\">&minus;%zu</span>",
		 add, del);
}

static void add_file_title(struct writing *w, size_t from, size_t file)
{
	static const char *const ops[] = { "", "new: ", "deleted: ", "renamed: ", "copied: " };
	const struct diff_file *f = &w->sheet.diff.files[file];
	const char *path = diff_file_path(f);

	buf_addf(w->out, "%s<code>", ops[f->op]);
	if (f->op >= DIFF_RENAME && f->old_path) {
		html_string(w->out, f->old_path);
		buf_adds(w->out, " &rarr; ");
	}
	html_string(w->out, path ? path : "");
	buf_adds(w->out, "</code>");
	add_counts(&w->sheet, from, file, w->out);
}

/* A line of the diff; the header of a file says nothing that its title does not. */
static void add_line(struct writing *w, size_t i)
{
	const struct sheet_line *l = &w->sheet.v[i];

	if (l->kind == SHEET_HUNK) {
		buf_adds(w->out, "<div class=\"l hunk\"><i></i><i></i><code>");
		html_text(w->out, l->text.p, l->text.n);
		buf_adds(w->out, "</code></div>\n");
	} else if (l->kind == SHEET_CODE) {
		html_code_line(w->out, l->mark, l->old_line, l->new_line, l->text, notes_at(w, i));
	}
}

/* One file from line I on, open when it has notes; returns the line after it. */
static size_t add_file(struct writing *w, size_t i)
{
	size_t file = w->sheet.v[i].file, end = i;

	while (end < w->sheet.n && w->sheet.v[end].file == file)
		end++;
	open_box(w->out, "file", w->n && w->spots->line < end);
	add_file_title(w, i, file);
	begin_lines(w->out);
	for (; i < end; i++) {
		add_line(w, i);
		add_notes(w, i);
	}
	end_lines(w->out);
	html_functions(w->out, &w->sheet, file);
	return i;
}

static void add_by(struct buf *out, const struct series_patch *p, const struct lint_patch *lp)
{
	char *who, *date;

	buf_adds(out, "<p class=\"by\">");
	if (p->author.addr) {
		who = address_format(&p->author);
		date = message_date(p->date, p->tz);
		html_string(out, who);
		buf_addf(out, ", %s", date);
		free(who);
		free(date);
	}
	if (lp->message_id && lp->message_id[0]) {
		buf_adds(out, "<br>&lt;");
		html_string(out, lp->message_id);
		buf_adds(out, "&gt;");
	}
	if (lp->commit[0])
		buf_addf(out, "<br>commit %.12s", lp->commit);
	buf_adds(out, "</p>\n");
}

static void add_head(struct buf *out, const struct review *r, size_t patch)
{
	const struct lint_patch *p = &r->lint->patches[patch];
	struct buf trouble = BUF_INIT, without = BUF_INIT;

	buf_addf(out, "<h2><a href=\"#p%d\">%d/%d</a> ", p->n, p->n, p->m);
	html_string(out, p->subject ? p->subject : "(no subject)");
	buf_adds(out, "</h2>\n");
	add_by(out, review_patch(r, patch), p);
	lint_patch_trouble(p, &trouble);
	lint_patch_without(r->lint, patch, &without);
	if (trouble.len) {
		buf_adds(out, "<p class=\"trouble\">This patch ");
		html_text(out, trouble.p, trouble.len);
		buf_adds(out, ".</p>\n");
	}
	if (without.len)
		buf_addf(out, "<p class=\"by\">Looked at without %s.</p>\n", without.p);
	buf_release(&trouble);
	buf_release(&without);
}

void html_patch(struct buf *out, const struct review *r, size_t patch)
{
	struct writing w = { .r = r, .out = out };
	struct spot *spots;
	bool open;
	size_t i;

	sheet_init(&w.sheet, r, patch);
	w.spots = spots = sheet_spots(&w.sheet, &r->notes, patch, &w.n);
	open = w.n;
	buf_addf(out, "<section class=\"patch\" id=\"p%d\">\n", r->lint->patches[patch].n);
	add_head(out, r, patch);
	add_notes(&w, SHEET_TOP);
	i = add_changelog(&w, open);
	while (i < w.sheet.n)
		i = add_file(&w, i);
	buf_adds(out, "</section>\n");
	free(spots);
	sheet_release(&w.sheet);
}

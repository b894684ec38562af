// SPDX-License-Identifier: GPL-2.0-only
#include "quote.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/style.h"

#define WIDTH 72
#define BEFORE 5      /* lines of code before the one that a note is about */
#define AFTER 3       /* and after it, or as many as its evidence has */
#define MOST_AFTER 12 /* but not more than these */
#define PARAGRAPH 20  /* lines of a paragraph of the changelog, around the note's */
#define SMALL_GAP 2   /* that is not worth leaving out */
#define EVIDENCE 20   /* lines of it */

static void add_safe(struct buf *out, const char *s)
{
	text_visible(out, s, strlen(s), false);
}

/* Lines, each behind the indent; at most MAX of them. */
static void add_lines(struct buf *out, const char *text, const char *indent, int max)
{
	struct span rest = { text, strlen(text) }, line;

	for (int i = 0; text_line(&rest, &line); i++) {
		if (i == max) {
			buf_addf(out, "%s...\n", indent);
			return;
		}
		buf_adds(out, indent);
		text_visible(out, line.p, line.n, false);
		buf_addc(out, '\n');
	}
}

static size_t link_number(struct strv *links, const char *url)
{
	for (size_t i = 0; i < links->n; i++)
		if (!strcmp(links->v[i], url))
			return i + 1;
	strv_add(links, url);
	return links->n;
}

/* The text; no line of it may look like a quote. */
static void add_text(struct buf *out, const struct note *n, struct strv *links)
{
	struct buf text = BUF_INIT, wrapped = BUF_INIT;
	char *sentence = note_sentence(n);
	struct span rest, line;

	add_safe(&text, sentence);
	free(sentence);
	for (size_t i = 0; i < n->links.n; i++)
		buf_addf(&text, "%s[%zu]", i ? "" : " ", link_number(links, n->links.v[i]));
	text_wrap_to(&wrapped, 0, WIDTH, text.p);
	rest = (struct span){ wrapped.p, wrapped.len };
	while (text_line(&rest, &line)) {
		if (line.n && *line.p == '>')
			buf_addc(out, ' ');
		buf_add(out, line.p, line.n);
		buf_addc(out, '\n');
	}
	buf_release(&text);
	buf_release(&wrapped);
}

static void add_place(struct buf *out, const struct note *n, const char *function)
{
	if (*function)
		buf_addf(out, "In %s(), ", function);
	add_safe(out, n->path);
	if (n->line)
		buf_addf(out, ":%d", n->line);
	if (n->side == NOTE_OLD)
		buf_adds(out, " before the patch");
	buf_adds(out, ":\n\n");
	if (n->evidence) {
		add_lines(out, n->evidence, "    ", EVIDENCE);
		buf_addc(out, '\n');
	}
}

void quote_note(struct buf *out, const struct note *n, const char *function, bool here,
		struct strv *links)
{
	if (!here && n->path)
		add_place(out, n, function);
	add_text(out, n, links);
	if (n->diff) {
		buf_addc(out, '\n');
		add_lines(out, n->diff, "    ", INT32_MAX);
	}
}

static bool is_blank(const struct sheet_line *l)
{
	return !span_trim(l->text).n;
}

static void keep_paragraph(const struct sheet *s, size_t at, char *keep)
{
	size_t from = at, to = at;

	while (from && at - from < PARAGRAPH && !is_blank(&s->v[from - 1]))
		from--;
	while (to + 1 < s->n && to - at < PARAGRAPH && s->v[to + 1].kind == SHEET_CHANGELOG &&
	       !is_blank(&s->v[to + 1]))
		to++;
	memset(keep + from, 1, to - from + 1);
}

static size_t lines_of(const char *text)
{
	size_t n = 0;

	for (const char *p = text; p && *p; n++) {
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	return n;
}

/* The lines around, the hunk's header and the file's. */
static void keep_code(const struct sheet *s, size_t at, const struct spot *spot, char *keep)
{
	size_t after = spot->here && spot->note->evidence ? lines_of(spot->note->evidence) : 0;
	size_t i = at;

	after = after > MOST_AFTER ? MOST_AFTER : after < AFTER ? AFTER : after;
	for (size_t k = at; k <= at + after && k < s->n; k++) {
		if (k > at && s->v[k].kind != SHEET_CODE)
			break;
		keep[k] = 1;
	}
	for (; i && s->v[i].kind == SHEET_CODE; i--)
		if (at - i <= BEFORE)
			keep[i] = 1;
	keep[i] = 1;
	for (; i && s->v[i].kind != SHEET_CHANGELOG && s->v[i].file == s->v[at].file; i--)
		if (s->v[i].kind == SHEET_HEAD)
			keep[i] = 1;
	if (s->v[i].kind == SHEET_HEAD && s->v[i].file == s->v[at].file)
		keep[i] = 1;
}

/* Whether lines of one text are left out between two that are quoted. */
static bool is_torn(const struct sheet *s, size_t from, size_t to)
{
	if (s->v[from].kind == SHEET_CHANGELOG)
		return true;
	for (size_t i = from + 1; i <= to; i++)
		if (s->v[i].kind != SHEET_CODE)
			return false;
	return true;
}

static void fill_gaps(const struct sheet *s, char *keep)
{
	size_t last = SHEET_TOP;

	for (size_t i = 0; i < s->n; i++) {
		if (!keep[i])
			continue;
		if (last != SHEET_TOP && i - last - 1 <= SMALL_GAP &&
		    s->v[i].kind == s->v[last].kind && is_torn(s, last, i))
			memset(keep + last, 1, i - last);
		last = i;
	}
}

static char *choose(const struct sheet *s, const struct spot *spots, size_t n)
{
	char *keep = xcalloc(s->n, 1);

	for (size_t i = 0; i < n; i++) {
		size_t at = spots[i].line;

		if (at == SHEET_TOP)
			continue;
		if (s->v[at].kind == SHEET_CHANGELOG)
			keep_paragraph(s, at, keep);
		else
			keep_code(s, at, &spots[i], keep);
	}
	fill_gaps(s, keep);
	return keep;
}

static void add_quoted(struct buf *out, struct span line)
{
	buf_adds(out, "> ");
	buf_add(out, line.p, line.n);
	buf_addc(out, '\n');
}

/* Mark what is marked in MARKS under a line that was quoted. */
static void add_carets(struct buf *out, struct span line, const char *marks)
{
	uint32_t cp;
	size_t end;

	buf_adds(out, "  ");
	for (size_t i = 0; i < line.n;) {
		int len = utf8_decode(line.p + i, line.n - i, &cp);

		buf_addc(out, marks[i] ? '^' : line.p[i] == '\t' ? '\t' : ' ');
		i += len ? (size_t)len : 1;
	}
	for (end = out->len; end && (out->p[end - 1] == ' ' || out->p[end - 1] == '\t');)
		out->p[out->len = --end] = '\0';
	buf_addc(out, '\n');
}

/* The notes under a line; returns how many there were. */
static size_t add_notes(struct buf *out, const struct sheet *s, size_t line,
			const struct spot *spots, size_t n, struct strv *links)
{
	size_t count = 0;
	char *marks;

	while (count < n && spots[count].line == line)
		count++;
	marks = sheet_marks(&s->v[line], spots, count);
	if (marks)
		add_carets(out, s->v[line].text, marks);
	free(marks);
	for (size_t i = 0; i < count; i++) {
		buf_addc(out, '\n');
		quote_note(out, spots[i].note, sheet_function(s, spots[i].note), spots[i].here,
			   links);
	}
	return count;
}

void quote_sheet(struct buf *out, const struct sheet *s, const struct spot *spots, size_t n,
		 struct strv *links)
{
	char *keep = choose(s, spots, n);
	size_t last = SHEET_TOP, done = 0, count = 0;

	while (done < n && spots[done].line == SHEET_TOP)
		done++;
	for (size_t i = 0; i < s->n; i++) {
		if (!keep[i])
			continue;
		if (count)
			buf_addc(out, '\n');
		if (last != SHEET_TOP && i != last + 1 && is_torn(s, last, i))
			buf_adds(out, "> [...]\n");
		add_quoted(out, s->v[i].text);
		count = add_notes(out, s, i, spots + done, n - done, links);
		done += count;
		last = i;
	}
	free(keep);
}

void quote_links(struct buf *out, const struct strv *links)
{
	for (size_t i = 0; i < links->n; i++) {
		buf_addf(out, "%s[%zu] ", i ? "" : "\n", i + 1);
		add_safe(out, links->v[i]);
		buf_addc(out, '\n');
	}
}

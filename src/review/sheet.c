// SPDX-License-Identifier: GPL-2.0-only
#include "sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Comparisons of lines in search of a patch's hunks; more than any honest one needs. */
#define MAX_WORK 4000000

/* While a sheet is made. */
struct making {
	struct sheet *sheet;
	size_t work;
};

/* The next line as it stands, a CR at its end included. */
static bool next_line(struct span *rest, struct span *line)
{
	const char *nl;

	if (!rest->n)
		return false;
	nl = memchr(rest->p, '\n', rest->n);
	*line = (struct span){ rest->p, nl ? (size_t)(nl - rest->p) : rest->n };
	rest->p += line->n + (nl != NULL);
	rest->n -= line->n + (nl != NULL);
	return true;
}

static void add(struct sheet *s, struct sheet_line line)
{
	GROW(s->v, s->n, s->cap);
	s->v[s->n++] = line;
}

static void add_changelog(struct sheet *s, const char *text)
{
	struct span rest = { text, strlen(text) }, line;

	for (int number = 1; next_line(&rest, &line); number++)
		add(s,
		    (struct sheet_line){ .kind = SHEET_CHANGELOG, .text = line, .number = number });
}

static bool on_side(char mark, enum sheet_side side)
{
	return mark == ' ' || mark == (side == SHEET_OLD ? '-' : '+');
}

/* The content of a line of code, without its mark and a CR at its end. */
static struct span content(const struct sheet_line *line)
{
	struct span s = line->text;

	if (s.n) {
		s.p++;
		s.n--;
	}
	if (s.n && s.p[s.n - 1] == '\r')
		s.n--;
	return s;
}

/* Whether the lines [from, to) of the sheet stand at LINE of the source. */
static bool stands_at(struct making *m, const struct source *src, size_t from, size_t to,
		      enum sheet_side side, long line)
{
	if (line < 1)
		return false;
	for (size_t i = from; i < to; i++) {
		struct span want = content(&m->sheet->v[i]);
		const char *p;
		size_t n;

		if (!on_side(m->sheet->v[i].mark, side))
			continue;
		m->work++;
		if ((size_t)line > src->n_lines)
			return false;
		p = source_line_text(src, (int)line++, &n);
		if (n != want.n || memcmp(p, want.p, n) != 0)
			return false;
	}
	return true;
}

/* The place nearest to LINE where they stand, or 0. */
static long find(struct making *m, const struct source *src, size_t from, size_t to,
		 enum sheet_side side, long line)
{
	long n = (long)src->n_lines;

	for (long d = 0; d <= n && m->work < MAX_WORK; d++) {
		if (stands_at(m, src, from, to, side, line + d))
			return line + d;
		if (d && stands_at(m, src, from, to, side, line - d))
			return line - d;
		m->work++;
	}
	return 0;
}

/* Drop the context at both ends, which a merge may have found different. */
static void strip(const struct sheet *s, size_t *from, size_t *to)
{
	while (*from < *to && s->v[*from].mark == ' ')
		++*from;
	while (*to > *from && s->v[*to - 1].mark == ' ')
		--*to;
}

static size_t count(const struct sheet *s, size_t from, size_t to, enum sheet_side side)
{
	size_t n = 0;

	for (; from < to; from++)
		n += on_side(s->v[from].mark, side);
	return n;
}

static void set_lines(struct sheet *s, size_t from, size_t to, enum sheet_side side, long line)
{
	for (size_t i = from; line > 0 && i < to; i++)
		if (on_side(s->v[i].mark, side))
			*(side == SHEET_OLD ? &s->v[i].old_line : &s->v[i].new_line) = (int)line++;
}

/*
 * Number one side of a hunk.  SHIFT is by how much the one before it stands
 * from where its header says.  Lines that are not found stay without number.
 */
static void number_side(struct making *m, const struct source *src, size_t from, size_t to,
			enum sheet_side side, unsigned long start, long *shift)
{
	long line = (long)start + *shift, at = line;

	if (src) {
		at = find(m, src, from, to, side, line);
		if (!at) {
			size_t begin = from;

			strip(m->sheet, &from, &to);
			line += (long)count(m->sheet, begin, from, side);
			if (count(m->sheet, from, to, side))
				at = find(m, src, from, to, side, line);
		}
		if (at)
			*shift += at - line;
	}
	set_lines(m->sheet, from, to, side, at);
}

/* Lines of code from the hunk's first line on; returns how many. */
static size_t add_hunk(struct sheet *s, const struct diff_hunk *h, size_t file)
{
	struct span rest = { h->text, h->len }, line;
	size_t n = 0;

	for (; next_line(&rest, &line); n++)
		add(s, (struct sheet_line){
			       .kind = SHEET_CODE,
			       .text = line,
			       .file = file,
			       .mark = !line.n || line.p[0] == '\r' ? ' ' : line.p[0],
		       });
	return n;
}

const struct source *sheet_source(const struct sheet *s, size_t file, enum sheet_side side)
{
	const struct sheet_source *src = &s->sides[file][side];

	return src->there ? &src->source : NULL;
}

/* Take the text up to line END of the diff as heads of FILE. */
static void add_heads(struct sheet *s, struct span *rest, size_t *number, size_t end, size_t file)
{
	struct span line;

	for (; *number < end && next_line(rest, &line); ++*number)
		add(s, (struct sheet_line){ .kind = SHEET_HEAD, .text = line, .file = file });
}

static void add_file(struct making *m, struct span *rest, size_t *number, size_t file)
{
	const struct diff_file *f = &m->sheet->diff.files[file];
	long shift[2] = { 0, 0 };
	struct span line;

	for (size_t i = 0; i < f->n_hunks; i++) {
		const struct diff_hunk *h = &f->hunks[i];
		size_t from, n;

		add_heads(m->sheet, rest, number, h->line, file);
		if (!next_line(rest, &line))
			return;
		add(m->sheet,
		    (struct sheet_line){ .kind = SHEET_HUNK, .text = line, .file = file });
		from = m->sheet->n;
		n = add_hunk(m->sheet, h, file);
		*number += 1 + n;
		rest->n -= (size_t)(h->text + h->len - rest->p);
		rest->p = h->text + h->len;
		number_side(m, sheet_source(m->sheet, file, SHEET_OLD), from, from + n, SHEET_OLD,
			    h->old_start, &shift[SHEET_OLD]);
		number_side(m, sheet_source(m->sheet, file, SHEET_NEW), from, from + n, SHEET_NEW,
			    h->new_start, &shift[SHEET_NEW]);
	}
}

static void add_diff(struct making *m)
{
	struct sheet *s = m->sheet;
	struct span rest = { s->patch->diff, s->patch->diff_len };
	size_t number = 1;

	for (size_t i = 0; i < s->diff.n; i++) {
		add_heads(s, &rest, &number, s->diff.files[i].line, i);
		add_file(m, &rest, &number, i);
		add_heads(s, &rest, &number,
			  i + 1 < s->diff.n ? s->diff.files[i + 1].line : SIZE_MAX, i);
	}
}

static void read_side(struct sheet_source *to, struct repo *repo, const char *tree,
		      const char *path)
{
	struct err err = ERR_INIT;
	char oid[OID_HEX];

	if (path && diff_path_ok(path) && !repo_find(repo, tree, path, oid, &err) &&
	    !repo_read_blob(repo, oid, path, &to->blob, &err)) {
		to->there = true;
		source_init(&to->source, to->blob.p, to->blob.len);
	}
	err_release(&err);
}

static void read_trees(struct sheet *s, const struct review *r, size_t i)
{
	const struct lint_patch *p = &r->lint->patches[i];

	for (size_t k = 0; k < s->diff.n && review_applied(r, i); k++) {
		read_side(&s->sides[k][SHEET_OLD], r->repo, p->before, s->diff.files[k].old_path);
		read_side(&s->sides[k][SHEET_NEW], r->repo, p->tree, s->diff.files[k].new_path);
	}
}

void sheet_init(struct sheet *s, const struct review *r, size_t i)
{
	struct making m;
	struct err err = ERR_INIT;

	*s = (struct sheet){ .patch = review_patch(r, i), .diff = DIFF_INIT };
	m = (struct making){ s, 0 };
	add_changelog(s, s->patch->changelog ? s->patch->changelog : "");
	if (!s->patch->diff)
		return;
	if (diff_parse(&s->diff, s->patch->diff, s->patch->diff_len, &err))
		err_release(&err);
	s->sides = xcalloc(s->diff.n, sizeof(*s->sides));
	read_trees(s, r, i);
	add_diff(&m);
}

void sheet_init_text(struct sheet *s, const char *text)
{
	*s = (struct sheet){ .diff = DIFF_INIT };
	add_changelog(s, text);
}

void sheet_release(struct sheet *s)
{
	for (size_t i = 0; s->sides && i < s->diff.n; i++)
		for (int side = SHEET_OLD; side <= SHEET_NEW; side++)
			if (s->sides[i][side].there) {
				source_release(&s->sides[i][side].source);
				blob_release(&s->sides[i][side].blob);
			}
	free(s->sides);
	free(s->v);
	diff_release(&s->diff);
}

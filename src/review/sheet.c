// SPDX-License-Identifier: GPL-2.0-only
#include "sheet.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Comparisons of lines in search of a patch's hunks; more than any honest one needs. */
#define MAX_WORK 4000000

enum side { OLD, NEW };

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

static bool on_side(char mark, enum side side)
{
	return mark == ' ' || mark == (side == OLD ? '-' : '+');
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
		      enum side side, long line)
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
static long find(struct making *m, const struct source *src, size_t from, size_t to, enum side side,
		 long line)
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

static size_t count(const struct sheet *s, size_t from, size_t to, enum side side)
{
	size_t n = 0;

	for (; from < to; from++)
		n += on_side(s->v[from].mark, side);
	return n;
}

static void set_lines(struct sheet *s, size_t from, size_t to, enum side side, long line)
{
	for (size_t i = from; line > 0 && i < to; i++)
		if (on_side(s->v[i].mark, side))
			*(side == OLD ? &s->v[i].old_line : &s->v[i].new_line) = (int)line++;
}

/*
 * Number one side of a hunk.  SHIFT is by how much the one before it stands
 * from where its header says.  Lines that are not found stay without number.
 */
static void number_side(struct making *m, const struct source *src, size_t from, size_t to,
			enum side side, unsigned long start, long *shift)
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

static const struct source *source_of(const struct sheet *s, size_t file, enum side side)
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
		number_side(m, source_of(m->sheet, file, OLD), from, from + n, OLD, h->old_start,
			    &shift[OLD]);
		number_side(m, source_of(m->sheet, file, NEW), from, from + n, NEW, h->new_start,
			    &shift[NEW]);
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
		read_side(&s->sides[k][OLD], r->repo, p->before, s->diff.files[k].old_path);
		read_side(&s->sides[k][NEW], r->repo, p->tree, s->diff.files[k].new_path);
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
		for (int side = OLD; side <= NEW; side++)
			if (s->sides[i][side].there) {
				source_release(&s->sides[i][side].source);
				blob_release(&s->sides[i][side].blob);
			}
	free(s->sides);
	free(s->v);
	diff_release(&s->diff);
}

static size_t file_of(const struct sheet *s, const struct note *n)
{
	for (size_t i = 0; i < s->diff.n; i++) {
		const struct diff_file *f = &s->diff.files[i];
		const char *path = n->side == NOTE_OLD ? f->old_path : f->new_path;

		if (path && !strcmp(path, n->path))
			return i;
	}
	return SHEET_TOP;
}

static void spot_in_changelog(const struct sheet *s, struct spot *spot)
{
	spot->here = !spot->note->line;
	for (size_t i = 0; spot->note->line && i < s->n; i++)
		if (s->v[i].kind == SHEET_CHANGELOG && s->v[i].number == spot->note->line) {
			spot->line = i;
			spot->here = true;
		}
}

/* The line of that number; else the last one of the hunk that is nearest to it. */
static void spot_in_file(const struct sheet *s, struct spot *spot, size_t file)
{
	long nearest = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct sheet_line *l = &s->v[i];
		int number = spot->note->side == NOTE_OLD ? l->old_line : l->new_line;
		long distance = labs((long)number - spot->note->line);

		if (l->kind == SHEET_CHANGELOG || l->file != file)
			continue;
		if (l->kind == SHEET_HEAD && (!nearest || !spot->note->line)) {
			spot->line = i;
		} else if (number && (!nearest || distance + 1 <= nearest) && spot->note->line) {
			nearest = distance + 1;
			spot->line = i;
		}
	}
	spot->here = nearest == 1 || !spot->note->line;
	while (!spot->here && nearest && spot->line + 1 < s->n &&
	       s->v[spot->line + 1].kind == SHEET_CODE && s->v[spot->line + 1].file == file)
		spot->line++;
}

static void find_spot(const struct sheet *s, struct spot *spot)
{
	const struct note *n = spot->note;
	size_t file;

	spot->line = SHEET_TOP;
	spot->here = !n->path;
	if (n->side == NOTE_CHANGELOG && !n->path) {
		spot_in_changelog(s, spot);
	} else if (n->path) {
		file = file_of(s, n);
		if (file != SHEET_TOP)
			spot_in_file(s, spot, file);
	}
}

static int compare(const void *pa, const void *pb)
{
	const struct spot *a = pa, *b = pb;
	/* SHEET_TOP + 1 is 0. */
	int c = (a->line + 1 > b->line + 1) - (a->line + 1 < b->line + 1);

	/* The notes have their order in their list. */
	return c ? c : (a->note > b->note) - (a->note < b->note);
}

struct spot *sheet_spots(const struct sheet *s, const struct notes *notes, size_t patch, size_t *n)
{
	struct spot *spots = xcalloc(notes->n, sizeof(*spots));

	*n = 0;
	for (size_t i = 0; i < notes->n; i++) {
		if (notes->v[i].patch != patch)
			continue;
		spots[*n].note = &notes->v[i];
		find_spot(s, &spots[(*n)++]);
	}
	if (*n)
		qsort(spots, *n, sizeof(*spots), compare);
	return spots;
}

const char *sheet_function(const struct sheet *s, const struct note *note)
{
	size_t file = note->path ? file_of(s, note) : SHEET_TOP;
	const struct source *src;
	const struct function *fn = NULL;

	if (file == SHEET_TOP || !engine_is_c(note->path))
		return "";
	src = source_of(s, file, note->side == NOTE_OLD ? OLD : NEW);
	if (src && !src->doubt)
		fn = source_function_at(src, note->line);
	return fn ? fn->name : "";
}

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '\'' || (unsigned char)c >= 0x80;
}

char *sheet_marks(const struct sheet_line *line, const struct spot *spots, size_t n)
{
	char *marks = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct note *note = spots[i].note;
		size_t at = (size_t)note->column - 1;

		if (line->kind != SHEET_CHANGELOG || note->column < 1 || at >= line->text.n)
			continue;
		if (!marks)
			marks = xcalloc(line->text.n, 1);
		for (; at < line->text.n && in_word(line->text.p[at]); at++)
			marks[at] = 1;
	}
	return marks;
}

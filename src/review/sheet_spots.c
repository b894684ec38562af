// SPDX-License-Identifier: GPL-2.0-only
/* Where notes stand in a sheet. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sheet.h"

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
	src = sheet_source(s, file, note->side == NOTE_OLD ? SHEET_OLD : SHEET_NEW);
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

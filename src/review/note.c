// SPDX-License-Identifier: GPL-2.0-only
#include "note.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *note_side_name(enum note_side side)
{
	static const char *const names[] = { "new", "old", "changelog" };

	return names[side];
}

struct note *notes_add(struct notes *notes, const struct note *note)
{
	GROW(notes->v, notes->n, notes->cap);
	notes->v[notes->n] = *note;
	return &notes->v[notes->n++];
}

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

char *note_sentence(const struct note *n)
{
	size_t len = strspn(n->text, "abcdefghijklmnopqrstuvwxyz");
	char *text = xstrdup(n->text);

	if (n->author || !len || n->text[len] != ' ')
		return text;
	for (const char *p = n->evidence; p && (p = memmem(p, strlen(p), n->text, len)); p++)
		if (!in_word(p[len]) && (p == n->evidence || !in_word(p[-1])))
			return text;
	text[0] = (char)toupper((unsigned char)text[0]);
	return text;
}

/* What is about the series comes first, then the changelog, then the code. */
static int rank(const struct note *n)
{
	return n->side == NOTE_CHANGELOG || !n->path ? 0 : 1;
}

static int compare_strings(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int compare(const void *pa, const void *pb)
{
	const struct note *a = pa, *b = pb;
	/* NOTE_SERIES + 1 is 0. */
	int c = (a->patch + 1 > b->patch + 1) - (a->patch + 1 < b->patch + 1);

	if (!c)
		c = rank(a) - rank(b);
	if (!c)
		c = compare_strings(a->path, b->path);
	if (!c)
		c = (a->line > b->line) - (a->line < b->line);
	if (!c)
		c = (a->column > b->column) - (a->column < b->column);
	if (!c)
		c = strcmp(a->check, b->check);
	return c ? c : strcmp(a->text, b->text);
}

void notes_sort(struct notes *notes)
{
	size_t out = 0;

	if (notes->n)
		qsort(notes->v, notes->n, sizeof(*notes->v), compare);
	for (size_t i = 0; i < notes->n; i++) {
		if (out && !compare(&notes->v[out - 1], &notes->v[i]))
			note_release(&notes->v[i]);
		else
			notes->v[out++] = notes->v[i];
	}
	notes->n = out;
}

void note_release(struct note *n)
{
	free(n->check);
	free(n->path);
	free(n->text);
	free(n->evidence);
	free(n->diff);
	free(n->author);
	free(n->remark_id);
	free(n->own_text);
	strv_release(&n->links);
}

void notes_release(struct notes *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		note_release(&notes->v[i]);
	free(notes->v);
	*notes = (struct notes){ NULL, 0, 0 };
}

// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "quote.h"

#define MOST_PARAMETERS 6 /* lines of a function's head */

/* While the notes on a mail's proposals are placed in its text. */
struct placing {
	const struct review *r;
	const struct message *m;
	struct sheet sheet;
	struct spot *spots;
	size_t n, cap;
};

static bool is_quoted(struct span line)
{
	return line.n && *line.p == '>';
}

/* A line of code as it is compared: without the mark of a diff and blanks at the ends. */
static struct span code_of(struct span line, bool diff)
{
	if (diff && line.n && (*line.p == '+' || *line.p == ' ')) {
		line.p++;
		line.n--;
	}
	return span_trim(line);
}

/* Whether a definition begins there, not a sentence: its brace follows soon. */
static bool defines(const struct sheet *s, size_t at, const char *name)
{
	struct span line = s->v[at].text;
	size_t len = strlen(name);
	const char *p = line.n && !isspace((unsigned char)*line.p) && !is_quoted(line)
				? memmem(line.p, line.n, name, len)
				: NULL;

	if (!p || p + len >= line.p + line.n || p[len] != '(')
		return false;
	for (size_t i = at + 1; i < s->n && i <= at + MOST_PARAMETERS; i++)
		if (span_is(span_trim(s->v[i].text), "{"))
			return true;
	return false;
}

/* Where the text of a diff or patch begins that this mail proposes. */
static const char *begin_of(const struct placing *pl, const struct proposal *p)
{
	const struct embeddeds *all = &pl->r->series->embedded;

	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->v[i].message_id, pl->m->id) &&
		    all->v[i].is_patch == !strcmp(p->kind, "patch") &&
		    (!p->name || !strcmp(all->v[i].subject, p->name)))
			return pl->m->text + all->v[i].start;
	return pl->m->text;
}

/* The line from which on the proposed code stands. */
static size_t first_line(const struct placing *pl, const struct proposal *p)
{
	bool function = p->name && !strcmp(p->kind, "function");
	const char *begin = function ? NULL : begin_of(pl, p);

	for (size_t i = 0; i < pl->sheet.n; i++)
		if (function ? defines(&pl->sheet, i, p->name) : pl->sheet.v[i].text.p >= begin)
			return i;
	return 0;
}

static size_t line_of(const struct placing *pl, const struct proposal *p, const struct note *n)
{
	bool diff = strcmp(p->kind, "function") != 0;
	struct span rest, want;

	if (!n->evidence)
		return SHEET_TOP;
	rest = (struct span){ n->evidence, strlen(n->evidence) };
	if (!text_line(&rest, &want) || !(want = span_trim(want)).n)
		return SHEET_TOP;
	for (size_t i = first_line(pl, p); i < pl->sheet.n; i++) {
		struct span line = pl->sheet.v[i].text, code = code_of(line, diff);

		if (!is_quoted(line) && code.n == want.n && !memcmp(code.p, want.p, want.n))
			return i;
	}
	return SHEET_TOP;
}

static void place(struct placing *pl, const struct proposal *p)
{
	for (size_t i = 0; i < p->notes.n; i++) {
		const struct note *n = &p->notes.v[i];
		size_t line = line_of(pl, p, n);

		if (n->author)
			continue;
		GROW(pl->spots, pl->n, pl->cap);
		pl->spots[pl->n++] = (struct spot){ n, line, line != SHEET_TOP };
	}
}

static int compare(const void *pa, const void *pb)
{
	const struct spot *a = pa, *b = pb;

	/* SHEET_TOP + 1 is 0.  Those of one line keep the order of their list. */
	if (a->line != b->line)
		return a->line + 1 < b->line + 1 ? -1 : 1;
	return (a->note > b->note) - (a->note < b->note);
}

bool quote_proposals(struct buf *out, const struct review *r, const struct message *m,
		     struct strv *links)
{
	struct placing pl = { .r = r, .m = m };

	sheet_init_text(&pl.sheet, m->text);
	for (size_t i = 0; i < r->n_proposals; i++)
		if (!strcmp(r->proposals[i].message_id, m->id))
			place(&pl, &r->proposals[i]);
	if (pl.n)
		qsort(pl.spots, pl.n, sizeof(*pl.spots), compare);
	for (size_t i = 0; i < pl.n && pl.spots[i].line == SHEET_TOP; i++) {
		buf_adds(out, i ? "\n" : "");
		quote_note(out, pl.spots[i].note, "", false, links);
		if (i + 1 < pl.n && pl.spots[i + 1].line != SHEET_TOP)
			buf_addc(out, '\n');
	}
	quote_sheet(out, &pl.sheet, pl.spots, pl.n, links);
	free(pl.spots);
	sheet_release(&pl.sheet);
	return pl.n;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "said.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "remark.h"

/* One patch with what was said about it. */
struct patch_remarks {
	struct patch_lines lines;
	struct remarks remarks;
};

static bool has_notes(const struct review *r, size_t patch)
{
	for (size_t i = 0; i < r->notes.n; i++)
		if (r->notes.v[i].patch == patch)
			return true;
	return false;
}

/*
 * The numbers of a diff are those of the sender's tree; notes have those of the
 * tree at hand.  Both have the same changed lines, but for a 3-way merge.
 */
static int renumber(struct review *r, const struct lint_patch *lp, struct patch_lines *lines,
		    struct err *err)
{
	struct buf stat = BUF_INIT, diff = BUF_INIT, a = BUF_INIT, b = BUF_INIT;
	struct patch_lines tree = { .diff = DIFF_INIT };
	struct line_change *changes = NULL;
	size_t n = 0, *to;
	int rc = repo_diff_trees(r->repo, lp->before, lp->tree, &stat, &diff, err);

	if (!rc) {
		patch_lines_init_diff(&tree, diff.p ? diff.p : "", diff.len);
		patch_lines_add(lines, lines->diff_at, &a);
		patch_lines_add(&tree, 0, &b);
		rc = text_changes(a.p, a.len, b.p, b.len, &changes, &n, err);
	}
	to = rc ? NULL : lines_pair(changes, n, lines->n - lines->diff_at);
	for (size_t i = 0; to && i < lines->n - lines->diff_at; i++) {
		struct patch_line *l = &lines->v[lines->diff_at + i];

		l->old_line = to[i] == LINE_NONE ? 0 : tree.v[to[i]].old_line;
		l->new_line = to[i] == LINE_NONE ? 0 : tree.v[to[i]].new_line;
	}
	free(to);
	free(changes);
	patch_lines_release(&tree);
	buf_release(&stat);
	buf_release(&diff);
	buf_release(&a);
	buf_release(&b);
	return rc;
}

static bool is_line(const struct patch_line *l, const struct note *n)
{
	if (n->side == NOTE_CHANGELOG)
		return l->kind == 'm' && l->new_line == n->line;
	if (!n->path || !n->line || !l->path || strcmp(l->path, n->path) != 0)
		return false;
	if (n->side == NOTE_NEW)
		return (l->kind == '+' || l->kind == ' ') && l->new_line == n->line;
	return (l->kind == '-' || l->kind == ' ') && l->old_line == n->line;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* The word of a changelog's line that a note points to; its length, 0: none. */
static size_t word_of(const struct patch_line *l, const struct note *n, const char **word)
{
	size_t at = n->column > 0 ? (size_t)n->column - 1 : l->text.n, len = 0;

	*word = l->text.p + (at < l->text.n ? at : 0);
	while (at + len < l->text.n && is_word((*word)[len]))
		len++;
	return len;
}

/* A line of nothing but marks, as below a word that is meant. */
static bool has_marks(const char *text)
{
	struct span rest = { text, strlen(text) }, line;

	while (text_line(&rest, &line)) {
		struct span s = span_trim(line);
		size_t i = 0;

		while (i < s.n && (s.p[i] == '^' || isspace((unsigned char)s.p[i])))
			i++;
		if (s.n && i == s.n)
			return true;
	}
	return false;
}

static bool is_about(const struct remark *remark, const struct patch_line *l, const struct note *n)
{
	const char *word;
	size_t len;
	char *copy;
	bool found;

	if (n->side != NOTE_CHANGELOG || n->column <= 0)
		return true;
	len = word_of(l, n, &word);
	if (!len || has_marks(remark->whole))
		return true;
	copy = xstrndup(word, len);
	found = strcasestr(remark->whole, copy) != NULL;
	free(copy);
	return found;
}

/* How many words of the note the remark has too; short ones say nothing. */
static size_t shared_words(const struct note *n, const struct remark *remark)
{
	size_t shared = 0;

	for (const char *p = n->text; *p;) {
		size_t len = 0;
		char *word;

		while (is_word(p[len]))
			len++;
		if (len >= 4) {
			word = xstrndup(p, len);
			shared += strcasestr(remark->whole, word) != NULL;
			free(word);
		}
		p += len ? len : 1;
	}
	return shared;
}

/*
 * How well a remark fits a note, 0: not at all.  It stands under the note's line
 * or, about a line that is taken away there, right above it.
 */
static size_t fit(const struct patch_remarks *p, const struct remark *remark, const struct note *n)
{
	size_t above = remark->last + 1;

	for (size_t at = remark->last + 1; at-- > remark->first;)
		if (is_line(&p->lines.v[at], n) && is_about(remark, &p->lines.v[at], n))
			return 1 + shared_words(n, remark);
	if (above < p->lines.n && p->lines.v[remark->last].kind == '-' &&
	    p->lines.v[above].kind == '+' && is_line(&p->lines.v[above], n) &&
	    shared_words(n, remark) > 1)
		return 1 + shared_words(n, remark);
	return 0;
}

static const struct remark *remark_on(const struct patch_remarks *p, const struct note *n)
{
	const struct remark *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < p->remarks.n; i++) {
		size_t now = fit(p, &p->remarks.v[i], n);

		if (now > most) {
			best = &p->remarks.v[i];
			most = now;
		}
	}
	return best;
}

static void quote(struct note *n, const struct remark *remark)
{
	free(n->own_text);
	free(n->author);
	free(n->remark_id);
	n->own_text = n->text;
	n->text = xstrdup(remark->text);
	n->author = xstrdup(remark->author);
	n->remark_id = xstrdup(remark->message_id);
}

static int quote_patch(struct review *r, const struct replies *replies, size_t patch,
		       struct err *err)
{
	struct patch_remarks p = { .remarks = { NULL, 0, 0 } };
	const struct lint_patch *lp = &r->lint->patches[patch];
	const struct series_patch *sp = review_patch(r, patch);
	int rc;

	patch_lines_init(&p.lines, sp);
	rc = remarks_of_patch(&p.remarks, replies, r->series, sp->n, &p.lines, err);
	if (!rc && p.remarks.n && (lp->state == LINT_MOVED || lp->state == LINT_MERGED))
		rc = renumber(r, lp, &p.lines, err);
	for (size_t i = 0; !rc && i < r->notes.n; i++) {
		struct note *n = &r->notes.v[i];
		const struct remark *remark = n->patch == patch ? remark_on(&p, n) : NULL;

		if (remark)
			quote(n, remark);
	}
	remarks_release(&p.remarks);
	patch_lines_release(&p.lines);
	return rc;
}

int notes_quote_remarks(struct review *r, struct err *err)
{
	struct replies replies = { NULL, 0, 0 };
	int rc = 0;

	if (r->options->fresh || !r->thread)
		return 0;
	replies_find(&replies, r->thread, r->series);
	for (size_t i = 0; !rc && i < r->lint->n; i++)
		if (has_notes(r, i))
			rc = quote_patch(r, &replies, i, err);
	replies_release(&replies);
	return rc;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Static functions that a patch adds and does not use.  The tree before it
 * compiled without them, so what could use one is in lines that it adds.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "changed.h"
#include "check.h"
#include "code_run.h"

struct helper_check {
	struct review *r;
	size_t patch;
};

static bool is_macro_name(struct span word)
{
	size_t letters = 0;

	for (size_t i = 0; i < word.n; i++) {
		if (islower((unsigned char)word.p[i]))
			return false;
		letters += isupper((unsigned char)word.p[i]) != 0;
	}
	return letters > 1;
}

/* Static, not inline, and without attributes or macros that may use it. */
static bool is_plain_static(const struct source *src, const struct function *fn)
{
	struct code_run header = { fn->start, fn->body };
	struct span word;
	bool is_static = false;

	while (code_word(src, &header, &word)) {
		if (span_starts(word, "__") || span_is(word, "inline") || is_macro_name(word))
			return false;
		is_static |= span_is(word, "static");
	}
	return is_static;
}

/* How many lines with this mark hold the name. */
static size_t count_lines(const struct series_patch *p, char mark, const char *name)
{
	struct span rest = { p->diff, p->diff ? p->diff_len : 0 }, line;
	size_t n = 0;

	while (text_line(&rest, &line))
		n += line.n && *line.p == mark && token_find(name, line.p + 1, line.n - 1);
	return n;
}

static bool is_once_in_file(const struct source *src, const char *name)
{
	struct span rest = { src->text, src->len }, line;
	size_t n = 0;

	while (text_line(&rest, &line))
		n += token_find(name, line.p, line.n);
	return n == 1;
}

/* Whether a macro is called that may put the name together: DEVICE_ATTR_RO(foo), foo_show(). */
static bool may_be_pasted(const struct source *src, const char *name)
{
	struct code_run rest = { 0, src->len }, args;
	struct span word, part;

	while (code_word(src, &rest, &word)) {
		if (!is_macro_name(word) || !code_call(src, rest, word, &args))
			continue;
		while (code_word(src, &args, &part))
			if (memmem(name, strlen(name), part.p, part.n))
				return true;
	}
	return false;
}

/* The first later patch that uses it; NULL: none. */
static const struct series_patch *first_user(const struct helper_check *c, const char *name)
{
	for (int i = c->r->lint->patches[c->patch].n; i < c->r->series->expected; i++)
		if (count_lines(&c->r->series->patches[i], '+', name))
			return &c->r->series->patches[i];
	return NULL;
}

static void judge(const struct helper_check *c, const struct changed_file *file,
		  const struct function *fn)
{
	const struct series_patch *p = review_patch(c->r, c->patch), *user;
	struct note note = { .patch = c->patch, .line = fn->line, .severity = SEVERITY_NOTE };
	const char *line;
	size_t n;

	if (!changed_adds(file, fn->line) || source_function(&file->old, fn->name) ||
	    !is_plain_static(&file->new, fn) || !is_once_in_file(&file->new, fn->name) ||
	    count_lines(p, '+', fn->name) != 1 || count_lines(p, '-', fn->name) ||
	    may_be_pasted(&file->new, fn->name))
		return;
	user = first_user(c, fn->name);
	if (!user && series_incomplete(c->r->series))
		return;
	note.text =
		user ? xasprintf("%s() is static and nothing calls it until %d/%d: the compiler "
				 "warns in between. Add it with its first user.",
				 fn->name, user->n, user->m)
		     : xasprintf("%s() is static and nothing calls it: the compiler warns.",
				 fn->name);
	line = source_line_text(&file->new, fn->line, &n);
	note.check = xstrdup("unused-helper");
	note.path = xstrdup(file->path);
	note.evidence = xstrndup(line, n);
	notes_add(&c->r->notes, &note);
}

static int look(void *ctx, const struct changed_file *file, struct err *err)
{
	size_t n = strlen(file->path);

	(void)err;
	/* What is included elsewhere may be used there. */
	if (n < 2 || strcmp(file->path + n - 2, ".c") != 0 || file->new.doubt)
		return 0;
	for (size_t i = 0; i < file->new.n_functions; i++)
		judge(ctx, file, &file->new.functions[i]);
	return 0;
}

static bool adds_static(const struct series_patch *p)
{
	return p->diff && memmem(p->diff, p->diff_len, "\n+static ", 9);
}

int check_helper(struct review *r, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < r->lint->n; i++) {
		struct helper_check c = { r, i };

		if (adds_static(review_patch(r, i)))
			rc = changed_files(r, i, look, &c, err);
	}
	return rc;
}

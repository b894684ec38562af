// SPDX-License-Identifier: GPL-2.0-only
#include "sketch.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/source.h"

#define MAX_DECLARATION 10 /* lines above the opening brace */
#define MAX_FUNCTION 2000  /* lines */

/* Mail programs write blanks as U+00A0. */
static void add_line(struct buf *out, struct span line)
{
	for (size_t i = 0; i < line.n; i++) {
		bool nbsp = i + 1 < line.n && !memcmp(line.p + i, "\xc2\xa0", 2);

		buf_addc(out, nbsp ? ' ' : line.p[i]);
		i += nbsp;
	}
	buf_addc(out, '\n');
}

/* The indentation that the whole function has in the mail, taken off. */
static struct span unindent(struct span line, struct span brace)
{
	size_t n = (size_t)(span_trim(brace).p - brace.p);

	if (line.n >= n && !memcmp(line.p, brace.p, n)) {
		line.p += n;
		line.n -= n;
	}
	return line;
}

static char *join(const struct reply_lines *lines, size_t from, size_t open, size_t to)
{
	struct buf text = BUF_INIT;

	for (size_t i = from; i < to; i++)
		add_line(&text, unindent(lines->v[i].text, lines->v[open].text));
	buf_adds(&text, "}\n");
	return buf_detach(&text);
}

static bool is_keyword(const char *name)
{
	static const char *const words[] = { "if", "else", "for", "while", "do", "switch" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(words[i], name))
			return true;
	return false;
}

/* Whether the text is one function and nothing else; then its name. */
static char *only_function(const char *text)
{
	struct source src;
	char *name = NULL;

	source_init(&src, text, strlen(text));
	if (src.n_functions == 1 && !src.doubt && src.functions[0].end + 1 == src.len &&
	    !is_keyword(src.functions[0].name))
		name = xstrdup(src.functions[0].name);
	source_release(&src);
	return name;
}

/* "...", also in brackets or as a statement: something was left out. */
static bool is_ellipsis(struct span line)
{
	static const char *const marks[] = { "...",    "...;",         "....",
					     "[...]",  "\xe2\x80\xa6", "[snip]",
					     "<snip>", "/* ... */",    "// ..." };
	struct span s = span_trim(line);

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (span_is(s, marks[i]))
			return true;
	return false;
}

/* How many braces a line opens, roughly: what is in strings counts too. */
static int brace_depth(struct span line)
{
	int depth = 0;

	for (size_t i = 0; i < line.n; i++)
		depth += (line.p[i] == '{') - (line.p[i] == '}');
	return depth;
}

/* Mail programs may put U+00A0 in front of a brace. */
static bool is_closing(struct span line)
{
	struct span s = span_trim(line);

	while (s.n >= 2 && !memcmp(s.p, "\xc2\xa0", 2))
		s = span_trim((struct span){ s.p + 2, s.n - 2 });
	return span_is(s, "}");
}

/* A piece of a diff without its header looks like a function too. */
static bool is_diff(struct span line)
{
	return line.n && (*line.p == '+' || *line.p == '-' || span_starts(line, "@@"));
}

/* The line of the brace that closes what OPEN opens; 0: not all is there. */
static size_t closing(const struct reply_lines *lines, size_t open)
{
	int depth = 0;

	for (size_t i = open; i < lines->n && i < open + MAX_FUNCTION; i++) {
		const struct reply_line *line = &lines->v[i];

		if (!line->own || is_ellipsis(line->text) || is_diff(line->text))
			return 0;
		depth += brace_depth(line->text);
		if (depth <= 0)
			return depth == 0 && is_closing(line->text) ? i : 0;
	}
	return 0;
}

/* Whether the function's body begins in this line, alone or behind the parameters. */
static bool opens_body(const struct reply_line *line)
{
	struct span s = span_trim(line->text);

	if (!line->own || !s.n || s.p[s.n - 1] != '{')
		return false;
	return s.n == 1 || (s.p == line->text.p && memchr(s.p, ')', s.n));
}

static bool is_blank(struct span line)
{
	return !span_trim(line).n;
}

/* The return type stands in a line of its own. */
static bool begins_with_name(const char *text, const char *name)
{
	size_t n = strlen(name);

	return !strncmp(text, name, n) && !isalnum((unsigned char)text[n]) && text[n] != '_';
}

/*
 * The function whose body opens in line OPEN and closes in line END: its
 * declaration is as few of the lines above as make one, so that a sentence
 * right above it is left out.
 */
static bool read_function(const struct reply_lines *lines, size_t open, size_t end,
			  struct sketch *out)
{
	bool typed = false;

	*out = (struct sketch){ NULL, NULL };
	for (size_t from = open + 1; from-- > 0 && open - from <= MAX_DECLARATION;) {
		char *text, *name;

		if (!lines->v[from].own || is_blank(lines->v[from].text))
			break;
		text = join(lines, from, open, end);
		name = only_function(text);
		if (name) {
			free(out->name);
			free(out->text);
			*out = (struct sketch){ name, text };
			if (typed || !begins_with_name(text, name))
				return true;
			typed = true;
			continue;
		}
		free(text);
		if (out->name)
			break;
	}
	return out->name != NULL;
}

void sketches_find(struct sketches *all, const struct reply_lines *lines)
{
	for (size_t i = 0; i < lines->n && all->n < SKETCHES_MAX; i++) {
		size_t end = opens_body(&lines->v[i]) ? closing(lines, i) : 0;
		struct sketch sketch;

		if (!end || !read_function(lines, i, end, &sketch))
			continue;
		GROW(all->v, all->n, all->cap);
		all->v[all->n++] = sketch;
		i = end;
	}
}

void sketches_release(struct sketches *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->v[i].name);
		free(all->v[i].text);
	}
	free(all->v);
	*all = (struct sketches){ NULL, 0, 0 };
}

/* Where the line with the first code of a function's declaration begins. */
static size_t declaration(const struct source *src, const struct function *fn)
{
	size_t at = fn->start;

	while (at < fn->body && isspace((unsigned char)src->code[at]))
		at++;
	while (at && src->text[at - 1] != '\n')
		at--;
	return at;
}

/* Whether two texts differ in nothing but white space, which mail programs change. */
static bool same_code(const char *a, size_t na, const char *b, size_t nb)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < na && isspace((unsigned char)a[i]))
			i++;
		while (k < nb && isspace((unsigned char)b[k]))
			k++;
		if (i == na || k == nb)
			return i == na && k == nb;
		if (a[i++] != b[k++])
			return false;
	}
}

static enum sketch_put put(const struct sketch *sketch, const struct source *src, char **out,
			   size_t *out_len)
{
	const struct function *fn = source_function(src, sketch->name);
	size_t n = strlen(sketch->text) - 1, from;
	struct buf text = BUF_INIT;

	if (!fn)
		return SKETCH_NONE;
	for (size_t i = 0; i < src->n_functions; i++)
		if (src->functions + i != fn && !strcmp(src->functions[i].name, fn->name))
			return SKETCH_UNCLEAR;
	if (src->doubt)
		return SKETCH_UNCLEAR;
	from = declaration(src, fn);
	if (same_code(src->text + from, fn->end - from, sketch->text, n))
		return SKETCH_SAME;
	buf_add(&text, src->text, from);
	buf_add(&text, sketch->text, n);
	buf_add(&text, src->text + fn->end, src->len - fn->end);
	*out_len = text.len;
	*out = buf_detach(&text);
	return SKETCH_PUT;
}

enum sketch_put sketch_put(const struct sketch *sketch, const char *text, size_t len, char **out,
			   size_t *out_len)
{
	struct source src;
	enum sketch_put rc;

	source_init(&src, text, len);
	rc = put(sketch, &src, out, out_len);
	source_release(&src);
	return rc;
}

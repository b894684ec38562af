// SPDX-License-Identifier: GPL-2.0-only
#include "code_run.h"

#include <ctype.h>
#include <string.h>

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

bool code_word(const struct source *src, struct code_run *rest, struct span *word)
{
	while (rest->from < rest->to) {
		size_t from = rest->from, to = from;

		while (to < rest->to && is_word(src->code[to]))
			to++;
		rest->from = to > from ? to : from + 1;
		if (to > from && !isdigit((unsigned char)src->code[from])) {
			*word = (struct span){ src->code + from, to - from };
			return true;
		}
	}
	return false;
}

static bool span_same(struct span a, struct span b)
{
	return a.n == b.n && !memcmp(a.p, b.p, a.n);
}

static size_t skip_blanks(const struct source *src, size_t at, size_t to)
{
	while (at < to && isspace((unsigned char)src->code[at]))
		at++;
	return at;
}

bool code_brackets(const struct source *src, struct code_run within, size_t at, char open,
		   struct code_run *inside)
{
	char close = open == '(' ? ')' : '}';
	size_t depth = 0, from = skip_blanks(src, at, within.to);

	for (size_t i = from; i < within.to; i++) {
		if (src->code[i] == open)
			depth++;
		else if (src->code[i] == close)
			depth--;
		else if (depth)
			continue;
		if (i == from && !depth)
			return false;
		if (!depth) {
			*inside = (struct code_run){ from + 1, i };
			return true;
		}
	}
	return false;
}

bool code_call(const struct source *src, struct code_run within, struct span word,
	       struct code_run *args)
{
	return code_brackets(src, within, (size_t)(word.p + word.n - src->code), '(', args);
}

char code_before(const struct source *src, struct span word)
{
	size_t at = (size_t)(word.p - src->code);

	while (at && isspace((unsigned char)src->code[at - 1]))
		at--;
	return at ? src->code[at - 1] : '\0';
}

bool code_has_argument(const struct source *src, struct code_run args, struct span text)
{
	size_t depth = 0, from = args.from;

	for (size_t i = args.from; i <= args.to; i++) {
		char c = i < args.to ? src->code[i] : ',';
		struct span arg = { src->code + from, i - from };

		if (c == '(')
			depth++;
		else if (c == ')')
			depth--;
		if (c != ',' || depth)
			continue;
		if (span_same(span_trim(arg), text))
			return true;
		from = i + 1;
	}
	return false;
}

/* Whether a comparison is written here; shifts are none. */
static bool is_comparison(const char *p)
{
	if (*p == '<' || *p == '>')
		return p[1] != *p;
	return (*p == '=' || *p == '!') && p[1] == '=';
}

/* "x == y" or "y == x"; what is before x is looked for backwards. */
static bool is_compared(const struct source *src, struct span word)
{
	size_t at = (size_t)(word.p - src->code);
	size_t after = skip_blanks(src, at + word.n, src->len);

	while (at && isspace((unsigned char)src->code[at - 1]))
		at--;
	return (after + 1 < src->len && is_comparison(src->code + after)) ||
	       (at > 1 && is_comparison(src->code + at - 2));
}

size_t code_comparisons(const struct source *src, struct code_run run, struct span name)
{
	struct span word, last = { NULL, 0 };
	size_t n = 0;

	while (code_word(src, &run, &word)) {
		if (span_same(word, name) && (is_compared(src, word) || span_is(last, "switch")))
			n++;
		last = word;
	}
	return n;
}

bool code_has_comment(const struct source *src, struct code_run run)
{
	for (size_t i = run.from; i + 1 < run.to; i++)
		if (src->text[i] == '/' && src->code[i] == ' ' &&
		    (src->text[i + 1] == '/' || src->text[i + 1] == '*'))
			return true;
	return false;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "returns.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum type { TYPE_UNKNOWN, TYPE_VOID, TYPE_VALUE };

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Whether a word stands at an offset of the code. */
static bool word_at(const struct source *src, size_t at, size_t end, const char *word)
{
	size_t n = strlen(word);

	return at + n <= end && !memcmp(src->code + at, word, n) &&
	       (!at || !is_word(src->code[at - 1])) &&
	       (at + n == src->len || !is_word(src->code[at + n]));
}

/* The offset of a word, or END. */
static size_t find_word(const struct source *src, size_t from, size_t end, const char *word)
{
	while (from < end && !word_at(src, from, end, word))
		from++;
	return from;
}

static bool is_value_type(const struct source *src, size_t from, size_t end)
{
	static const char *const types[] = { "int",  "long",   "unsigned", "char", "short",
					     "bool", "u8",     "u16",      "u32",  "u64",
					     "s8",   "s16",    "s32",      "s64",  "size_t",
					     "enum", "struct", "union",    "_Bool" };

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		if (find_word(src, from, end, types[i]) < end)
			return true;
	return false;
}

/*
 * What a function gives.  Parentheses in front of the name are attributes or
 * worse: then nothing is known.
 */
static enum type type_of(const struct source *src, const struct function *fn)
{
	size_t name = find_word(src, fn->start, fn->body, fn->name);
	const char *code = src->code + fn->start;
	size_t n = name - fn->start;

	if (name == fn->body || memchr(code, '(', n))
		return TYPE_UNKNOWN;
	if (memchr(code, '*', n))
		return TYPE_VALUE;
	if (find_word(src, fn->start, name, "void") < name)
		return TYPE_VOID;
	return is_value_type(src, fn->start, name) ? TYPE_VALUE : TYPE_UNKNOWN;
}

/* A call may itself be void: "return f();" is odd in a void function, no more. */
static bool is_bad(enum type type, struct span value)
{
	if (type == TYPE_VALUE)
		return !value.n;
	return value.n && !memchr(value.p, '(', value.n);
}

static void add(struct bad_returns *all, const struct source *src, const struct function *fn,
		enum type type, size_t at, size_t end)
{
	struct bad_return *b;

	GROW(all->v, all->n, all->cap);
	b = &all->v[all->n++];
	*b = (struct bad_return){ .line = source_line(src, at),
				  .text = bytes_dup(src->text + at, end + 1 - at),
				  .function = fn,
				  .value = type == TYPE_VOID };
	text_squeeze(b->text);
}

static void find_in(struct bad_returns *all, const struct source *src, const struct function *fn,
		    enum type type)
{
	size_t at = fn->body;

	while ((at = find_word(src, at, fn->end, "return")) < fn->end) {
		size_t from = at + strlen("return"), end = from;
		struct span value;

		while (end < fn->end && src->code[end] != ';' && src->code[end] != '}')
			end++;
		value = span_trim((struct span){ src->code + from, end - from });
		if (end < fn->end && src->code[end] == ';' && is_bad(type, value))
			add(all, src, fn, type, at, end);
		at = end;
	}
}

void bad_returns_find(struct bad_returns *all, const struct source *src)
{
	for (size_t i = 0; i < src->n_functions; i++) {
		enum type type = type_of(src, &src->functions[i]);

		if (type != TYPE_UNKNOWN)
			find_in(all, src, &src->functions[i], type);
	}
}

void bad_returns_release(struct bad_returns *all)
{
	for (size_t i = 0; i < all->n; i++)
		free(all->v[i].text);
	free(all->v);
	*all = (struct bad_returns){ NULL, 0, 0 };
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A C source, looked at from afar: where functions and macros begin and end,
 * and what of it is code.  No types, no preprocessing; of #if ... #else both
 * sides are looked at and must leave the same depth of braces.  Where that is
 * not so, or braces do not match, the boundaries are in doubt.
 */
#ifndef ENGINE_SOURCE_H
#define ENGINE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "rule.h"

struct function {
	char *name;
	int line, end_line; /* from 1: of the name, and of the closing brace */
	size_t start;       /* offset of the declaration, comments before it perhaps included */
	size_t body, end;   /* offsets: of the opening brace, behind the closing one */
};

/* The braces of an initializer at file scope. */
struct initializer {
	size_t body, end; /* offsets: of the opening brace, behind the closing one */
};

struct macro {
	char *name;
	int line;         /* of the #define */
	size_t body, end; /* offsets: behind name and parameters, end of the text */
};

struct source {
	const char *text; /* not owned, not changed */
	size_t len;
	char *code;                 /* the same, with comments, strings, preprocessor lines
					   and #if 0 blanked; line breaks kept */
	struct function *functions; /* in order */
	size_t n_functions, cap_functions;
	struct initializer *initializers;
	size_t n_initializers, cap_initializers;
	struct macro *macros;
	size_t n_macros, cap_macros;
	size_t *lines; /* offset of each line's begin; lines[0] is line 1 */
	size_t n_lines, cap_lines;
	bool doubt; /* functions[] may be wrong */
};

/* Look at a source; TEXT must live as long as the result. */
void source_init(struct source *src, const char *text, size_t len);
void source_release(struct source *src);

/* The function that a line lies in (from its name to its end), or NULL. */
const struct function *source_function_at(const struct source *src, int line);

/* The macro whose definition a line belongs to, or NULL. */
const struct macro *source_macro_at(const struct source *src, int line);

/* The function of that name, the first one, or NULL. */
const struct function *source_function(const struct source *src, const char *name);

/* The line (from 1) of an offset. */
int source_line(const struct source *src, size_t offset);

/* The text of a line without its line break; line from 1. */
const char *source_line_text(const struct source *src, int line, size_t *len);

/*
 * How often identifiers of the set stand between two offsets of src->code, or
 * of src->text when RAW.
 */
size_t source_count(const struct source *src, const struct tokens *tokens, size_t from, size_t to,
		    bool raw);

/*
 * A copy of the text without the functions whose byte in HIDE is not 0, and with
 * BARE also without what initializers at file scope hold; lines keep their
 * numbers.  The caller frees.
 */
char *source_slice(const struct source *src, const char *hide, bool bare);

/* Whether the body of a function holds what the tokens ask for. */
bool function_matches(const struct source *src, const struct function *fn,
		      const struct tokens *tokens);

/* Whether bytes hold what the tokens ask for, as whole identifiers. */
bool tokens_match(const struct tokens *tokens, const char *p, size_t len);

/* Whether bytes hold one identifier. */
bool token_find(const char *token, const char *p, size_t len);

#endif

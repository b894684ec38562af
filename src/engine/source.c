// SPDX-License-Identifier: GPL-2.0-only
#include "source.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MAX_NEST 64

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* One #if: what to go back to at #else, and what #endif must find. */
struct conditional {
	int depth;       /* of braces at the #if */
	int end_depth;   /* at the end of the first side, -1: not there yet */
	bool dead;       /* this side is #if 0 */
	bool outer_dead; /* the #if itself stands in such a side */
};

struct lexer {
	struct source *src;
	size_t pos;
	int depth;        /* of braces */
	size_t statement; /* begin of the statement at depth 0 */
	size_t open;      /* function that is open: index + 1, 0: none */
	size_t data;      /* initializer that is open, -1: none */
	struct conditional ifs[MAX_NEST];
	int n_ifs;
	bool dead;
};

static void blank(struct source *src, size_t from, size_t to)
{
	for (size_t i = from; i < to && i < src->len; i++)
		if (src->code[i] != '\n')
			src->code[i] = ' ';
}

/* Behind a comment that begins at POS; blanked. */
static size_t skip_comment(struct source *src, size_t pos)
{
	const char *text = src->text, *end;
	size_t stop;

	if (text[pos + 1] == '/') {
		end = memchr(text + pos, '\n', src->len - pos);
		stop = end ? (size_t)(end - text) : src->len;
	} else {
		end = memmem(text + pos + 2, src->len - pos - 2, "*/", 2);
		if (!end)
			src->doubt = true;
		stop = end ? (size_t)(end - text) + 2 : src->len;
	}
	blank(src, pos, stop);
	return stop;
}

/* Behind a string or character constant; what is between the quotes is blanked. */
static size_t skip_quoted(struct source *src, size_t pos)
{
	char quote = src->text[pos];
	size_t i = pos + 1;

	while (i < src->len && src->text[i] != quote && src->text[i] != '\n')
		i += src->text[i] == '\\' && i + 1 < src->len ? 2 : 1;
	if (i >= src->len || src->text[i] == '\n')
		src->doubt = true;
	blank(src, pos + 1, i);
	return i < src->len ? i + 1 : src->len;
}

static bool comment_at(const struct source *src, size_t pos)
{
	return src->text[pos] == '/' && pos + 1 < src->len &&
	       (src->text[pos + 1] == '/' || src->text[pos + 1] == '*');
}

/* Whether a quote or comment that opens at POS also ends on its line. */
static bool closes_on_line(const struct source *src, size_t pos, size_t *end)
{
	const char *p = src->text + pos, *nl = memchr(p, '\n', src->len - pos);
	size_t len = nl ? (size_t)(nl - p) : src->len - pos;
	const char *close = NULL;

	if (*p == '"')
		close = memchr(p + 1, '"', len - 1);
	else if (len > 2)
		close = memmem(p + 2, len - 2, "*/", 2);
	if (close)
		*end = (size_t)(close - src->text) + (*p == '"' ? 1 : 2);
	return close != NULL;
}

/*
 * The end of a preprocessor line, with continuations, strings and comments.  The
 * text of #error and #warning is prose, in which "arch/" and "*" begin nothing.
 */
static size_t directive_end(struct source *src, size_t pos, bool prose)
{
	while (pos < src->len && src->text[pos] != '\n') {
		size_t end;

		if (src->text[pos] == '"' && !prose && closes_on_line(src, pos, &end)) {
			pos = end;
		} else if (comment_at(src, pos) && (!prose || closes_on_line(src, pos, &end))) {
			pos = skip_comment(src, pos);
		} else if (src->text[pos] == '\\') {
			pos += pos + 2 < src->len && src->text[pos + 1] == '\r' ? 3 : 2;
		} else {
			pos++;
		}
	}
	return pos < src->len ? pos : src->len;
}

static void add_macro(struct source *src, size_t name, size_t end)
{
	size_t p = name;
	struct macro *m;

	while (p < end && is_word(src->text[p]))
		p++;
	if (p == name)
		return;
	GROW(src->macros, src->n_macros, src->cap_macros);
	m = &src->macros[src->n_macros++];
	m->name = xstrndup(src->text + name, p - name);
	m->line = source_line(src, name);
	if (p < end && src->text[p] == '(')
		while (p < end && src->text[p - 1] != ')')
			p++;
	m->body = p;
	m->end = end;
}

static void push_if(struct lexer *lx, bool zero)
{
	struct conditional *c;

	if (lx->n_ifs == MAX_NEST) {
		lx->src->doubt = true;
		lx->n_ifs++;
		return;
	}
	if (lx->n_ifs > MAX_NEST) {
		lx->n_ifs++;
		return;
	}
	c = &lx->ifs[lx->n_ifs++];
	*c = (struct conditional){ lx->depth, -1, zero, lx->dead };
	lx->dead = lx->dead || zero;
}

/* One side ends.  All live sides must leave the same depth. */
static void end_side(struct lexer *lx, struct conditional *c)
{
	if (c->dead || c->outer_dead)
		return;
	if (c->end_depth >= 0 && c->end_depth != lx->depth)
		lx->src->doubt = true;
	c->end_depth = lx->depth;
}

static void next_side(struct lexer *lx)
{
	struct conditional *c;

	if (!lx->n_ifs || lx->n_ifs > MAX_NEST) {
		lx->src->doubt = lx->src->doubt || !lx->n_ifs;
		return;
	}
	c = &lx->ifs[lx->n_ifs - 1];
	end_side(lx, c);
	lx->depth = c->depth;
	c->dead = false;
	lx->dead = c->outer_dead;
}

static void pop_if(struct lexer *lx)
{
	struct conditional *c;

	if (!lx->n_ifs || lx->n_ifs > MAX_NEST) {
		lx->src->doubt = lx->src->doubt || !lx->n_ifs;
		lx->n_ifs -= lx->n_ifs > 0;
		return;
	}
	c = &lx->ifs[--lx->n_ifs];
	end_side(lx, c);
	if (c->end_depth >= 0)
		lx->depth = c->end_depth;
	lx->dead = c->outer_dead;
}

static bool word_is(const struct source *src, size_t from, size_t end, const char *word)
{
	size_t n = strlen(word);

	return end - from >= n && !memcmp(src->text + from, word, n) &&
	       (from + n == end || !is_word(src->text[from + n]));
}

static size_t skip_blank(const struct source *src, size_t p, size_t end)
{
	while (p < end && (src->text[p] == ' ' || src->text[p] == '\t'))
		p++;
	return p;
}

/* "#if 0" and nothing else. */
static bool is_zero(const struct source *src, size_t p, size_t end)
{
	p = skip_blank(src, p, end);
	if (p >= end || src->text[p] != '0')
		return false;
	p = skip_blank(src, p + 1, end);
	return p >= end || src->code[p] == ' ' || src->text[p] == '\r' || comment_at(src, p);
}

static void directive(struct lexer *lx)
{
	struct source *src = lx->src;
	size_t begin = lx->pos, p = skip_blank(src, begin + 1, src->len), end;

	end = directive_end(src, begin,
			    word_is(src, p, src->len, "error") ||
				    word_is(src, p, src->len, "warning"));
	if (word_is(src, p, end, "define") && !lx->dead)
		add_macro(src, skip_blank(src, p + 6, end), end);
	else if (word_is(src, p, end, "if"))
		push_if(lx, is_zero(src, p + 2, end));
	else if (word_is(src, p, end, "ifdef") || word_is(src, p, end, "ifndef"))
		push_if(lx, false);
	else if (word_is(src, p, end, "else") || word_is(src, p, end, "elif"))
		next_side(lx);
	else if (word_is(src, p, end, "endif"))
		pop_if(lx);
	blank(src, begin, end);
	lx->pos = end;
}

/*
 * A "(...)" that ends before END at paren depth 0 of code: its opening
 * parenthesis, or SIZE_MAX.
 */
static size_t group_before(const struct source *src, size_t from, size_t end)
{
	int depth = 0;

	for (size_t i = end; i-- > from;) {
		if (src->code[i] == ')')
			depth++;
		else if (src->code[i] == '(' && --depth == 0)
			return i;
		else if (depth < 0)
			break;
	}
	return (size_t)-1;
}

static size_t word_before(const struct source *src, size_t from, size_t p, size_t *end)
{
	while (p > from && isspace((unsigned char)src->code[p - 1]))
		p--;
	*end = p;
	while (p > from && is_word(src->code[p - 1]))
		p--;
	return p;
}

/* Whether nothing but words that begin with "__" stands between two offsets. */
static bool only_attributes(const struct source *src, size_t from, size_t to)
{
	while (from < to) {
		if (isspace((unsigned char)src->code[from])) {
			from++;
			continue;
		}
		if (to - from < 2 || src->code[from] != '_' || src->code[from + 1] != '_')
			return false;
		while (from < to && is_word(src->code[from]))
			from++;
	}
	return true;
}

/*
 * The name of the function whose body opens at BRACE: the word before the last
 * parameter list, with attributes such as __releases(x) behind it skipped.
 * False when this is no function.
 */
static bool function_name(const struct source *src, size_t from, size_t brace, size_t *name,
			  size_t *name_end)
{
	size_t open = group_before(src, from, brace), close;

	for (;;) {
		size_t earlier;

		if (open == (size_t)-1)
			return false;
		*name = word_before(src, from, open, name_end);
		if (*name_end - *name < 2 || memcmp(src->code + *name, "__", 2) != 0)
			break;
		for (close = *name; close > from && src->code[close - 1] != ')'; close--)
			;
		if (close == from || !only_attributes(src, close, *name))
			break;
		earlier = group_before(src, from, close);
		if (earlier == (size_t)-1)
			break;
		open = earlier;
	}
	return *name_end > *name && !isdigit((unsigned char)src->code[*name]);
}

static bool starts_aggregate(const struct source *src, size_t from, size_t end)
{
	return word_is(src, from, end, "struct") || word_is(src, from, end, "union") ||
	       word_is(src, from, end, "enum");
}

/* Behind the last ')' before the brace, or FROM when there is none. */
static size_t after_parens(const struct source *src, size_t from, size_t brace)
{
	while (brace > from && src->code[brace - 1] != ')')
		brace--;
	return brace;
}

/*
 * Of a statement that begins with struct, union or enum: "struct x *f(void) {"
 * is a function, "struct __aligned(8) x {" is none, nor is one without "()".
 */
static bool returns_aggregate(const struct source *src, size_t from, size_t brace)
{
	size_t end = after_parens(src, from, brace), open = group_before(src, from, end);
	size_t name, name_end;

	if (end == from || open == (size_t)-1 || !only_attributes(src, end, brace))
		return false;
	name = word_before(src, from, open, &name_end);
	return !word_is(src, name, name_end, "__attribute__") &&
	       !word_is(src, name, name_end, "__aligned");
}

/* A macro's call without ';', then a struct, union or enum. */
static bool ends_aggregate(const struct source *src, size_t from, size_t brace)
{
	size_t p = after_parens(src, from, brace);

	for (; p < brace; p++)
		if ((p == from || !is_word(src->code[p - 1])) && starts_aggregate(src, p, brace))
			return true;
	return false;
}

/* A struct, union, enum or initializer, by the words of the statement. */
static bool is_data(const struct source *src, size_t from, size_t brace)
{
	int parens = 0;

	for (size_t i = from; i < brace; i++) {
		char c = src->code[i];

		parens += (c == '(') - (c == ')');
		if (c == '=' && !parens)
			return true;
	}
	while (from < brace && !is_word(src->code[from]))
		from++;
	while (word_is(src, from, brace, "static") || word_is(src, from, brace, "const") ||
	       word_is(src, from, brace, "typedef"))
		for (from += 5; from < brace && (is_word(src->code[from]) ||
						 isspace((unsigned char)src->code[from]));
		     from++)
			if (isspace((unsigned char)src->code[from - 1]) && is_word(src->code[from]))
				break;
	return starts_aggregate(src, from, brace) ? !returns_aggregate(src, from, brace)
						  : ends_aggregate(src, from, brace);
}

static void open_brace(struct lexer *lx)
{
	struct source *src = lx->src;
	size_t name, name_end;
	struct function *f;

	if (lx->depth++ || lx->open)
		return;
	if (is_data(src, lx->statement, lx->pos)) {
		lx->data = word_before(src, lx->statement, lx->pos, &name_end) == name_end &&
					   name_end > lx->statement &&
					   src->code[name_end - 1] == '='
				   ? lx->pos
				   : (size_t)-1;
		return;
	}
	if (!function_name(src, lx->statement, lx->pos, &name, &name_end)) {
		src->doubt = true;
		return;
	}
	GROW(src->functions, src->n_functions, src->cap_functions);
	f = &src->functions[src->n_functions++];
	*f = (struct function){
		.name = xstrndup(src->code + name, name_end - name),
		.line = source_line(src, name),
		.start = lx->statement,
		.body = lx->pos,
	};
	lx->open = src->n_functions;
}

static void add_initializer(struct lexer *lx)
{
	struct source *src = lx->src;

	if (lx->data == (size_t)-1)
		return;
	GROW(src->initializers, src->n_initializers, src->cap_initializers);
	src->initializers[src->n_initializers++] = (struct initializer){ lx->data, lx->pos + 1 };
	lx->data = (size_t)-1;
}

static void close_brace(struct lexer *lx)
{
	struct source *src = lx->src;

	if (!lx->depth) {
		src->doubt = true;
		return;
	}
	if (--lx->depth)
		return;
	lx->statement = lx->pos + 1;
	if (!lx->open) {
		add_initializer(lx);
		return;
	}
	src->functions[lx->open - 1].end = lx->pos + 1;
	src->functions[lx->open - 1].end_line = source_line(src, lx->pos);
	lx->open = 0;
}

static bool at_line_begin(const struct source *src, size_t pos)
{
	while (pos && (src->text[pos - 1] == ' ' || src->text[pos - 1] == '\t'))
		pos--;
	return !pos || src->text[pos - 1] == '\n';
}

static void lex_one(struct lexer *lx)
{
	struct source *src = lx->src;
	char c = src->text[lx->pos];

	if (comment_at(src, lx->pos)) {
		lx->pos = skip_comment(src, lx->pos);
		return;
	}
	if (c == '#' && at_line_begin(src, lx->pos)) {
		directive(lx);
		return;
	}
	if (lx->dead) {
		blank(src, lx->pos, lx->pos + 1);
		lx->pos++;
		return;
	}
	if (c == '"' || c == '\'') {
		lx->pos = skip_quoted(src, lx->pos);
		return;
	}
	if (c == '{')
		open_brace(lx);
	else if (c == '}')
		close_brace(lx);
	else if (c == ';' && !lx->depth)
		lx->statement = lx->pos + 1;
	lx->pos++;
}

static void find_lines(struct source *src)
{
	const char *p = src->text, *end = src->text + src->len;

	while (p < end) {
		GROW(src->lines, src->n_lines, src->cap_lines);
		src->lines[src->n_lines++] = (size_t)(p - src->text);
		p = memchr(p, '\n', (size_t)(end - p));
		if (!p)
			break;
		p++;
	}
}

/* A function that never ends makes the boundaries doubtful; it is dropped. */
static void drop_open(struct lexer *lx)
{
	struct source *src = lx->src;

	if (lx->depth || lx->n_ifs)
		src->doubt = true;
	if (!lx->open)
		return;
	src->doubt = true;
	free(src->functions[lx->open - 1].name);
	src->n_functions = lx->open - 1;
}

void source_init(struct source *src, const char *text, size_t len)
{
	struct lexer lx = { .src = src, .data = (size_t)-1 };

	*src = (struct source){ .text = text, .len = len };
	src->code = xmalloc(len + 1);
	memcpy(src->code, text, len);
	src->code[len] = '\0';
	find_lines(src);
	while (lx.pos < len)
		lex_one(&lx);
	drop_open(&lx);
}

void source_release(struct source *src)
{
	for (size_t i = 0; i < src->n_functions; i++)
		free(src->functions[i].name);
	for (size_t i = 0; i < src->n_macros; i++)
		free(src->macros[i].name);
	free(src->functions);
	free(src->macros);
	free(src->initializers);
	free(src->lines);
	free(src->code);
	*src = (struct source){ .text = NULL };
}

const struct function *source_function_at(const struct source *src, int line)
{
	for (size_t i = 0; i < src->n_functions; i++)
		if (line >= src->functions[i].line && line <= src->functions[i].end_line)
			return &src->functions[i];
	return NULL;
}

const struct macro *source_macro_at(const struct source *src, int line)
{
	for (size_t i = 0; i < src->n_macros; i++)
		if (line >= src->macros[i].line &&
		    line <= source_line(src, src->macros[i].end ? src->macros[i].end - 1 : 0))
			return &src->macros[i];
	return NULL;
}

const struct function *source_function(const struct source *src, const char *name)
{
	for (size_t i = 0; i < src->n_functions; i++)
		if (!strcmp(src->functions[i].name, name))
			return &src->functions[i];
	return NULL;
}

int source_line(const struct source *src, size_t offset)
{
	size_t low = 0, high = src->n_lines;

	while (high - low > 1) {
		size_t mid = (low + high) / 2;

		if (src->lines[mid] <= offset)
			low = mid;
		else
			high = mid;
	}
	return (int)low + 1;
}

const char *source_line_text(const struct source *src, int line, size_t *len)
{
	size_t i = (size_t)line - 1, begin, end;

	*len = 0;
	if (line < 1 || i >= src->n_lines)
		return "";
	begin = src->lines[i];
	end = i + 1 < src->n_lines ? src->lines[i + 1] : src->len;
	while (end > begin && (src->text[end - 1] == '\n' || src->text[end - 1] == '\r'))
		end--;
	*len = end - begin;
	return src->text + begin;
}

/* The next whole identifier TOKEN at or behind P, or NULL. */
static const char *next_token(const char *token, const char *p, const char *end, const char *begin)
{
	size_t n = strlen(token);

	while ((p = memmem(p, (size_t)(end - p), token, n))) {
		if ((p == begin || !is_word(p[-1])) && (p + n == end || !is_word(p[n])))
			return p;
		p++;
	}
	return NULL;
}

bool token_find(const char *token, const char *p, size_t len)
{
	return next_token(token, p, p + len, p) != NULL;
}

bool tokens_match(const struct tokens *tokens, const char *p, size_t len)
{
	for (size_t i = 0; i < tokens->all.n; i++)
		if (!token_find(tokens->all.v[i], p, len))
			return false;
	for (size_t i = 0; i < tokens->any.n; i++)
		if (token_find(tokens->any.v[i], p, len))
			return true;
	return !tokens->any.n;
}

static size_t count_list(const struct strv *list, const char *begin, const char *from,
			 const char *to)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		for (const char *p = from; (p = next_token(list->v[i], p, to, begin)); p++)
			n++;
	return n;
}

size_t source_count(const struct source *src, const struct tokens *tokens, size_t from, size_t to,
		    bool raw)
{
	const char *p = raw ? src->text : src->code;

	return count_list(&tokens->all, p, p + from, p + to) +
	       count_list(&tokens->any, p, p + from, p + to);
}

bool function_matches(const struct source *src, const struct function *fn,
		      const struct tokens *tokens)
{
	return tokens_match(tokens, src->code + fn->body, fn->end - fn->body);
}

static void wipe(char *copy, size_t from, size_t to)
{
	for (size_t p = from; p < to; p++)
		if (copy[p] != '\n')
			copy[p] = ' ';
}

char *source_slice(const struct source *src, const char *hide, bool bare)
{
	char *copy = xmalloc(src->len + 1);

	memcpy(copy, src->text, src->len);
	copy[src->len] = '\0';
	for (size_t i = 0; i < src->n_functions; i++) {
		const struct function *f = &src->functions[i];

		if (!hide[i])
			continue;
		/* Preprocessor lines among the words before the body have to stay. */
		for (size_t p = f->start; p < f->body; p++)
			if (src->code[p] != ' ' && src->code[p] != '\n')
				copy[p] = ' ';
		wipe(copy, f->body, f->end);
	}
	for (size_t i = 0; bare && i < src->n_initializers; i++)
		wipe(copy, src->initializers[i].body + 1, src->initializers[i].end - 1);
	return copy;
}

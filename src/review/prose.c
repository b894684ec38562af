// SPDX-License-Identifier: GPL-2.0-only
#include "prose.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Between chunks; all else between blanks belongs to them. */
#define DELIMITERS " \t()[]{},;\"`"
/* A chunk with one of these is code, a path or an address. */
#define MARKS "_@=\\<>*&$%#~|^+.:!?"

struct lexer {
	struct prose *out;
	const char *line_start, *end; /* of the line, of the text */
	int line;
	bool starts;       /* the next word begins a sentence */
	const char *quote; /* the end of a quotation that is open, or NULL */
};

static void add_word(struct lexer *l, const char *p, size_t n, bool plain)
{
	struct prose *out = l->out;

	if (out->n >= PROSE_MAX)
		return;
	GROW(out->v, out->n, out->cap);
	out->v[out->n++] = (struct prose_word){
		.p = p,
		.n = n,
		.line = l->line,
		.column = (int)(p - l->line_start) + 1,
		.plain = plain,
		.name = !l->starts && isupper((unsigned char)*p),
	};
	l->starts = false;
}

static bool is_plain(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (i ? !islower((unsigned char)p[i]) : !isalpha((unsigned char)p[i]))
			return false;
	return true;
}

/* One of the parts between hyphens and slashes. */
static void add_part(struct lexer *l, const char *p, size_t n)
{
	while (n && *p == '\'')
		p++, n--;
	while (n && p[n - 1] == '\'')
		n--;
	if (n > 2 && !memcmp(p + n - 2, "'s", 2))
		n -= 2;
	if (n)
		add_word(l, p, n, is_plain(p, n));
}

static bool has_any(const char *p, size_t n, const char *set)
{
	for (size_t i = 0; i < n; i++)
		if (strchr(set, p[i]))
			return true;
	return false;
}

static bool is_code(const char *p, size_t n, const char *after, const char *end)
{
	const char *slash = memchr(p, '/', n);

	if (has_any(p, n, MARKS) || *p == '-' || *p == '/')
		return true;
	/* Two slashes are a path, and f() is a function. */
	return (slash && memchr(slash + 1, '/', (size_t)(p + n - slash - 1))) ||
	       (end - after >= 2 && !memcmp(after, "()", 2));
}

static void add_chunk(struct lexer *l, const char *p, size_t n, const char *line_end)
{
	const char *after = p + n;
	bool ends = n > 1 && strchr(".!?:", p[n - 1]);

	while (n && strchr(".!?:'-", p[n - 1]))
		n--;
	while (n && *p == '\'')
		p++, n--;
	if (!n)
		return;
	if (is_code(p, n, after, line_end)) {
		l->starts = false;
	} else {
		for (size_t i = 0; i < n;) {
			size_t part = i;

			while (part < n && p[part] != '-' && p[part] != '/')
				part++;
			add_part(l, p + i, part - i);
			i = part + 1;
		}
	}
	l->starts = l->starts || (ends && !memchr(p, '.', n));
}

/* Where the quotation that opens at P ends, if it does so before the next blank line. */
static const char *quote_end(const char *p, const char *end)
{
	for (p++; p < end; p++) {
		if (*p == '"')
			return p;
		if (*p == '\n' && p + 1 < end && p[1] == '\n')
			return NULL;
	}
	return NULL;
}

static void add_words(struct lexer *l, const char *p, const char *end)
{
	while (p < end) {
		size_t n = 0;

		if (l->quote && p <= l->quote) {
			p = l->quote < end ? l->quote + 1 : end;
			l->starts = false;
			continue;
		}
		if (*p == '"' && (l->quote = quote_end(p, l->end)))
			continue;
		while (p + n < end && !strchr(DELIMITERS, p[n]))
			n++;
		if (n)
			add_chunk(l, p, n, end);
		p += n ? n : 1;
	}
}

static bool is_trailer(struct span line)
{
	static const char *const names[] = { "Fixes:",  "Link:",    "Cc:",        "Closes:",
					     "BugLink", "Message-", "Change-Id:", "From:" };
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (span_starts_nocase(line, names[i]))
			return true;
	while (n < line.n && (isalpha((unsigned char)line.p[n]) || line.p[n] == '-'))
		n++;
	return n > 3 && n < line.n && line.p[n] == ':' && !memcmp(line.p + n - 3, "-by", 3);
}

/* Columns of a table stand apart. */
static bool is_table(struct span line)
{
	struct span s = span_trim(line);

	return memmem(s.p, s.n, "   ", 3) || memchr(s.p, '\t', s.n);
}

static bool is_prose(struct span line)
{
	if (span_starts(line, "    ") || memchr(line.p, '\t', line.n ? 1 : 0))
		return false;
	line = span_trim(line);
	return line.n && !strchr(">|#$+@<[", *line.p) && !is_trailer(line) && !is_table(line);
}

static bool is_bullet(struct span line)
{
	line = span_trim(line);
	return line.n > 1 && strchr("-*", *line.p) && line.p[1] == ' ';
}

static void add_text(struct lexer *l, const char *text, size_t len)
{
	struct span rest = { text, len }, line;

	l->end = text + len;
	l->starts = true;
	while (text_line(&rest, &line)) {
		l->line++;
		if (!is_prose(line)) {
			l->starts = true;
			continue;
		}
		if (is_bullet(line))
			l->starts = true;
		l->line_start = line.p;
		add_words(l, line.p, line.p + line.n);
	}
}

static void add_subject(struct lexer *l, const char *subject)
{
	l->line_start = subject;
	l->end = subject + strlen(subject);
	l->starts = true;
	add_words(l, subject + subject_prefix(subject), l->end);
}

void prose_of(const struct series_patch *patch, struct prose *out)
{
	struct trailers trailers = TRAILERS_INIT;
	struct lexer l = { .out = out };
	size_t body;

	*out = (struct prose){ NULL, 0, 0 };
	if (patch->subject)
		add_subject(&l, patch->subject);
	if (!patch->changelog)
		return;
	l = (struct lexer){ .out = out };
	trailers_of_changelog(&trailers, patch->changelog, &body);
	trailers_release(&trailers);
	add_text(&l, patch->changelog, body);
}

void prose_release(struct prose *prose)
{
	free(prose->v);
	*prose = (struct prose){ NULL, 0, 0 };
}

bool prose_lower(const struct prose_word *word, char *out, size_t size)
{
	if (word->n >= size)
		return false;
	for (size_t i = 0; i < word->n; i++)
		out[i] = (char)tolower((unsigned char)word->p[i]);
	out[word->n] = '\0';
	return true;
}

size_t subject_prefix(const char *subject)
{
	const char *p = subject;

	for (;;) {
		size_t n = strcspn(p, ": \"(");

		/* The first one may be two words: "x86, kvm:", "perf tools:". */
		if (p[n] == ' ' && p == subject)
			n += 1 + strcspn(p + n + 1, ": \"(");
		if (!n || p[n] != ':' || p[n + 1] != ' ')
			break;
		p += n + 1;
		p += strspn(p, " ");
	}
	while (p > subject && p[-1] == ' ')
		p--;
	return (size_t)(p - subject);
}

struct span changelog_line(const struct series_patch *patch, int line)
{
	const char *text = line || !patch->subject ? patch->changelog : patch->subject;
	struct span rest = { text ? text : "", text ? strlen(text) : 0 };
	struct span found = { "", 0 };

	for (int i = 0; i < (line ? line : 1); i++)
		if (!text_line(&rest, &found))
			return (struct span){ "", 0 };
	return found;
}

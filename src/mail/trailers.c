// SPDX-License-Identifier: GPL-2.0-only
#include "trailers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

void trailers_add(struct trailers *t, const char *name, const char *value, const char *extra)
{
	if (t->n >= TRAILERS_MAX)
		return;
	GROW(t->v, t->n, t->cap);
	t->v[t->n++] =
		(struct trailer){ xstrdup(name), xstrdup(value), extra ? xstrdup(extra) : NULL };
}

/* The length of the name before a ": ", 0 when the line is no trailer. */
static size_t name_len(struct span line)
{
	size_t n = 0;

	while (n < line.n && (isalnum((unsigned char)line.p[n]) || line.p[n] == '-'))
		n++;
	if (n < 2 || n + 1 >= line.n || line.p[n] != ':' || !isalpha((unsigned char)line.p[0]))
		return 0;
	return isspace((unsigned char)line.p[n + 1]) ? n : 0;
}

static bool is_known(struct span line)
{
	return span_starts_nocase(line, "Signed-off-by: ") ||
	       span_starts(line, "(cherry picked from commit ");
}

/* Parse "Name: value" that name_len() accepts. */
static void add_line(struct trailers *t, struct span line)
{
	size_t n = name_len(line);
	char *name = xstrndup(line.p, n);
	struct span rest = span_trim((struct span){ line.p + n + 1, line.n - n - 1 });
	char *value = text_valid_dup(rest.p, rest.n);

	trailers_add(t, name, value, NULL);
	free(name);
	free(value);
}

/* The start of the last paragraph. */
static const char *last_paragraph(const char *text)
{
	const char *start = text, *at = text;
	struct span rest = { text, strlen(text) }, line;

	while (text_line(&rest, &line)) {
		if (!span_trim(line).n)
			start = at = rest.p;
		(void)at;
	}
	return start;
}

void trailers_of_changelog(struct trailers *t, const char *changelog, size_t *body)
{
	const char *start = last_paragraph(changelog);
	struct span rest = { start, strlen(start) }, line;
	size_t good = 0, bad = 0, known = 0;

	*body = strlen(changelog);
	while (text_line(&rest, &line)) {
		known += is_known(line);
		if (name_len(line) || is_known(line))
			good++;
		else if (!line.n || (*line.p != ' ' && *line.p != '[' && *line.p != '\t'))
			bad++;
	}
	if (!good || (bad && !(known && good * 3 >= bad)))
		return;
	/* One that stands alone is the body, unless it surely is a trailer. */
	if (start == changelog && !known)
		return;
	*body = (size_t)(start - changelog);
	rest = (struct span){ start, strlen(start) };
	while (text_line(&rest, &line))
		if (name_len(line))
			add_line(t, line);
}

static bool ends_by(const char *name)
{
	size_t n = strlen(name);

	return n > 3 && !strcasecmp(name + n - 3, "-by");
}

static bool is_utility(const char *name)
{
	return !strcasecmp(name, "Fixes") || !strcasecmp(name, "Link") ||
	       !strcasecmp(name, "Closes") || !strcasecmp(name, "BugLink");
}

static bool has_url(const char *value)
{
	return !strncasecmp(value, "https://", 8) || !strncasecmp(value, "http://", 7);
}

static size_t hex_len(const char *s)
{
	return strspn(s, "0123456789abcdefABCDEF");
}

/* U+00A0, which some clients write, as a blank; trailing blanks off. */
static char *plain_blanks(struct span line)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "");
	for (size_t i = 0; i < line.n; i++) {
		if (i + 1 < line.n && !memcmp(line.p + i, "\xc2\xa0", 2)) {
			buf_addc(&out, ' ');
			i++;
		} else {
			buf_addc(&out, line.p[i]);
		}
	}
	return buf_detach(&out);
}

static bool is_quote(struct span line)
{
	struct span s = span_trim(line);

	return s.n && (*s.p == '>' || *s.p == '|');
}

/* From here on a mail program put in what others wrote. */
static bool is_forward(struct span line)
{
	return (span_starts(line, "-----") || span_starts(line, "________")) &&
	       (memmem(line.p, line.n, "Original Message", 16) ||
		memmem(line.p, line.n, "Forwarded", 9));
}

/* A name without its address, or a Fixes: whose bracket is open, goes on below. */
static bool goes_on(const char *line, struct span next)
{
	next = span_trim(next);
	if (!next.n)
		return false;
	if (*next.p == '<' && next.p[next.n - 1] == '>' && !strchr(line, '@'))
		return true;
	return !strncasecmp(line, "Fixes:", 6) && strchr(line, '(') && !strchr(line, ')') &&
	       memchr(next.p, ')', next.n);
}

static bool is_note(struct span line)
{
	line = span_trim(line);
	return line.n > 2 && *line.p == '[' && line.p[line.n - 1] == ']';
}

static void reply_line(struct trailers *t, struct span line, struct span *rest)
{
	char *text = plain_blanks(span_trim(line)), *joined;
	struct span next, after = *rest;
	size_t n;

	if (text_line(&after, &next) && goes_on(text, next)) {
		next = span_trim(next);
		joined = xasprintf("%s %.*s", text, (int)next.n, next.p);
		free(text);
		text = joined;
		*rest = after;
	}
	n = name_len((struct span){ text, strlen(text) });
	if (n) {
		struct trailers one = TRAILERS_INIT;

		add_line(&one, (struct span){ text, strlen(text) });
		after = *rest;
		if (ends_by(one.v[0].name) || is_utility(one.v[0].name)) {
			if (text_line(&after, &next) && is_note(next))
				one.v[0].extra =
					text_valid_dup(span_trim(next).p, span_trim(next).n);
			trailers_add(t, one.v[0].name, one.v[0].value, one.v[0].extra);
		}
		trailers_release(&one);
	}
	free(text);
}

void trailers_of_reply(struct trailers *t, struct span text)
{
	struct span line;

	while (text_line(&text, &line)) {
		if (span_is(line, "-- ") || is_forward(line))
			return;
		if (!is_quote(line))
			reply_line(t, line, &text);
	}
}

static char *words_sorted(const char *name)
{
	struct buf out = BUF_INIT;
	int count[256] = { 0 };

	/* Equal letters are enough to tell "Last, First" from "First Last". */
	for (const unsigned char *p = (const unsigned char *)name; *p; p++)
		if (*p > ' ' && *p != ',')
			count[tolower(*p)]++;
	buf_adds(&out, "");
	for (int i = 0; i < 256; i++)
		for (int k = 0; k < count[i] && k < 1000; k++)
			buf_addc(&out, (char)i);
	return buf_detach(&out);
}

static bool name_same(const char *a, const char *b)
{
	char *x, *y;
	bool same;

	if (!*a || !*b)
		return false;
	if (!strcasecmp(a, b))
		return true;
	if (!strchr(b, ','))
		return false;
	x = words_sorted(a);
	y = words_sorted(b);
	same = !strcmp(x, y);
	free(x);
	free(y);
	return same;
}

bool address_is_robot(const struct address *a)
{
	static const char *const addrs[] = { "lkp@intel.com",
					     "oliver.sang@intel.com",
					     "rong.a.chen@intel.com",
					     "patchwork-bot@",
					     "bot@kernel",
					     "bot@linaro" };
	static const char *const names[] = { "robot", "syzbot", "kernelci", "regzbot", "[bot]" };

	for (size_t i = 0; i < ARRAY_SIZE(addrs); i++)
		if (strcasestr(a->addr, addrs[i]))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcasestr(a->name, names[i]) || strcasestr(a->addr, names[i]))
			return true;
	return false;
}

static const char *person_refusal(const struct trailer *t, const struct address *from)
{
	struct address a = ADDRESS_INIT;
	const char *why = NULL;

	address_parse(&a, (struct span){ t->value, strlen(t->value) });
	if (!strchr(a.addr, '@'))
		why = "it names no address";
	else if (!address_same(a.addr, from->addr) && !name_same(a.name, from->name))
		why = "its address is not the sender's";
	address_release(&a);
	return why;
}

const char *trailer_refusal(const struct trailer *t, const struct address *from)
{
	bool robot = address_is_robot(from);

	if (robot && (is_utility(t->name) || !strcasecmp(t->name, "Reported-by")))
		return "a robot's report about this patch";
	if (!strcasecmp(t->name, "Fixes"))
		return hex_len(t->value) >= 6 ? NULL : "it needs 6 or more hex digits";
	if (is_utility(t->name))
		return has_url(t->value) ? NULL : "it takes a URL";
	return person_refusal(t, from);
}

char *trailer_line(const struct trailer *t)
{
	return xasprintf("%s: %s", t->name, t->value);
}

bool trailer_same(const struct trailer *a, const struct trailer *b)
{
	struct address x = ADDRESS_INIT, y = ADDRESS_INIT;
	bool same;

	if (strcasecmp(a->name, b->name))
		return false;
	if (!strcasecmp(a->value, b->value))
		return true;
	if (!ends_by(a->name))
		return false;
	address_parse(&x, (struct span){ a->value, strlen(a->value) });
	address_parse(&y, (struct span){ b->value, strlen(b->value) });
	same = *x.addr && !strcasecmp(x.addr, y.addr);
	address_release(&x);
	address_release(&y);
	return same;
}

bool trailers_have(const struct trailers *all, const struct trailer *t)
{
	for (size_t i = 0; i < all->n; i++)
		if (trailer_same(&all->v[i], t))
			return true;
	return false;
}

void trailers_release(struct trailers *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->v[i].name);
		free(t->v[i].value);
		free(t->v[i].extra);
	}
	free(t->v);
	*t = (struct trailers)TRAILERS_INIT;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "path.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "diff.h"

static int escape_char(char c)
{
	static const char from[] = "abtnvfr\"\\", to[] = "\a\b\t\n\v\f\r\"\\";
	const char *at = c ? strchr(from, c) : NULL;

	return at ? to[at - from] : -1;
}

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/* Git's quoted form; *used counts the bytes with both quotes.  NULL if broken. */
static char *unquote(const char *p, size_t n, size_t *used)
{
	struct buf out = BUF_INIT;
	size_t i = 1;

	for (; i < n && p[i] != '"'; i++) {
		if (p[i] != '\\') {
			buf_addc(&out, p[i]);
		} else if (i + 3 < n && is_octal(p[i + 1]) && is_octal(p[i + 2]) &&
			   is_octal(p[i + 3])) {
			buf_addc(&out, (char)((p[i + 1] - '0') * 64 + (p[i + 2] - '0') * 8 +
					      (p[i + 3] - '0')));
			i += 3;
		} else if (i + 1 < n && escape_char(p[i + 1]) >= 0) {
			buf_addc(&out, (char)escape_char(p[++i]));
		} else {
			break;
		}
	}
	if (i >= n || p[i] != '"' || (out.len && memchr(out.p, 0, out.len))) {
		buf_release(&out);
		return NULL;
	}
	*used = i + 1;
	return buf_detach(&out);
}

static char *strip_first(char *name)
{
	char *slash = strchr(name, '/');

	if (slash && slash != name)
		memmove(name, slash + 1, strlen(slash));
	return name;
}

char *path_from_header(const char *p, size_t n)
{
	size_t used;
	char *name = n && *p == '"' ? unquote(p, n, &used) : NULL;

	if (!name) {
		while (n && (p[n - 1] == '\r' || p[n - 1] == '\n'))
			n--;
		name = xstrndup(p, n);
	}
	return name;
}

char *path_from_line(const char *p, size_t n)
{
	const char *tab = n && *p != '"' ? memchr(p, '\t', n) : NULL;
	char *name = path_from_header(p, tab ? (size_t)(tab - p) : n);

	if (!strcmp(name, "/dev/null")) {
		free(name);
		return NULL;
	}
	return strip_first(name);
}

/* Two digits, and a ':' before them where there is one; -1 when they are not there. */
static int two_digits(struct span *s)
{
	int v;

	if (s->n && *s->p == ':')
		s->p++, s->n--;
	if (s->n < 2 || !isdigit((unsigned char)s->p[0]) || !isdigit((unsigned char)s->p[1]))
		return -1;
	v = (s->p[0] - '0') * 10 + s->p[1] - '0';
	s->p += 2;
	s->n -= 2;
	return v;
}

/* "HH:MM:00.000 +HH:MM" without the zone, as minutes; -1 when it is none. */
static int minutes(struct span s)
{
	int hour = two_digits(&s), minute = two_digits(&s), second = two_digits(&s);
	int zone_hour, zone_minute;
	bool west;

	if (s.n && *s.p == '.')
		do
			s.p++, s.n--;
		while (s.n && *s.p == '0');
	if (hour < 0 || minute < 0 || second != 0 || s.n < 2 || *s.p != ' ')
		return -1;
	west = s.p[1] == '-';
	s.p += 2;
	s.n -= 2;
	zone_hour = two_digits(&s);
	zone_minute = two_digits(&s);
	if (zone_hour < 0 || zone_minute < 0 || s.n)
		return -1;
	return hour * 60 + minute + (zone_hour * 60 + zone_minute) * (west ? 1 : -1);
}

bool path_has_epoch(const char *p, size_t n)
{
	const char *tab = memrchr(p, '\t', n);
	struct span time;
	int day;

	if (!tab)
		return false;
	time = (struct span){ tab + 1, n - (size_t)(tab + 1 - p) };
	if (span_starts(time, "1970-01-01 "))
		day = 0;
	else if (span_starts(time, "1969-12-31 "))
		day = 24 * 60;
	else
		return false;
	time.p += 11;
	time.n -= 11;
	return minutes(time) == day;
}

static char *quoted_pair(const char *p, size_t n)
{
	size_t used, used2;
	char *a = unquote(p, n, &used), *b = NULL;

	if (a && used + 1 < n && p[used] == ' ') {
		b = p[used + 1] == '"' ? unquote(p + used + 1, n - used - 1, &used2)
				       : xstrndup(p + used + 1, n - used - 1);
		if (b && strcmp(strip_first(a), strip_first(b))) {
			free(b);
			b = NULL;
		}
	}
	free(a);
	return b;
}

char *path_from_git_line(const char *p, size_t n)
{
	while (n && (p[n - 1] == '\r' || p[n - 1] == ' '))
		n--;
	if (n && *p == '"')
		return quoted_pair(p, n);
	/* "a/NAME b/NAME": the blank in the middle is the one with equal names. */
	for (size_t i = 0; i < n; i++) {
		const char *a, *b;

		if (p[i] != ' ')
			continue;
		a = memchr(p, '/', i);
		b = memchr(p + i, '/', n - i);
		if (a && b && p + i - a == p + n - b && !memcmp(a, b, (size_t)(p + n - b)))
			return xstrndup(b + 1, (size_t)(p + n - b - 1));
	}
	return NULL;
}

static bool component_ok(const char *p, size_t n)
{
	if (!n || (n == 1 && *p == '.') || (n == 2 && !memcmp(p, "..", 2)))
		return false;
	return n != 4 || strncasecmp(p, ".git", 4);
}

bool diff_path_ok(const char *path)
{
	size_t n;

	if (!path || !*path || *path == '/' || strlen(path) > 4096)
		return false;
	for (const char *p = path; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return false;
	for (;; path += n + 1) {
		n = strcspn(path, "/");
		if (!component_ok(path, n))
			return false;
		if (!path[n])
			return true;
	}
}

// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <string.h>
#include <strings.h>

#include "mem.h"

bool text_line(struct span *rest, struct span *line)
{
	const char *nl;

	if (!rest->n)
		return false;
	nl = memchr(rest->p, '\n', rest->n);
	line->p = rest->p;
	line->n = nl ? (size_t)(nl - rest->p) : rest->n;
	rest->p += line->n + (nl != NULL);
	rest->n -= line->n + (nl != NULL);
	if (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

bool span_starts(struct span s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.n >= n && !memcmp(s.p, prefix, n);
}

bool span_starts_nocase(struct span s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.n >= n && !strncasecmp(s.p, prefix, n);
}

bool span_is(struct span s, const char *text)
{
	return s.n == strlen(text) && !memcmp(s.p, text, s.n);
}

char *bytes_dup(const char *p, size_t n)
{
	char *copy = xmalloc(n + 1);

	if (n)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct span span_trim(struct span s)
{
	while (s.n && blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

int utf8_decode(const char *s, size_t n, uint32_t *cp)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s;
	int len = *p < 0x80 ? 1 : *p >> 5 == 6 ? 2 : *p >> 4 == 14 ? 3 : *p >> 3 == 30 ? 4 : 0;

	if (!len || (size_t)len > n)
		return 0;
	*cp = len == 1 ? *p : *p & (0x7fu >> len);
	for (int i = 1; i < len; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		*cp = *cp << 6 | (p[i] & 0x3f);
	}
	if (*cp < least[len] || *cp > 0x10ffff || (*cp >= 0xd800 && *cp < 0xe000))
		return 0;
	return len;
}

bool cp_is_bidi(uint32_t cp)
{
	return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200e ||
	       cp == 0x200f || cp == 0x061c;
}

bool cp_is_format(uint32_t cp)
{
	static const uint32_t ranges[][2] = {
		{ 0xad, 0xad },       { 0x600, 0x605 },     { 0x61c, 0x61c },
		{ 0x6dd, 0x6dd },     { 0x70f, 0x70f },     { 0x890, 0x891 },
		{ 0x8e2, 0x8e2 },     { 0x180e, 0x180e },   { 0x200b, 0x200f },
		{ 0x202a, 0x202e },   { 0x2060, 0x2064 },   { 0x2066, 0x206f },
		{ 0xfeff, 0xfeff },   { 0xfff9, 0xfffb },   { 0x110bd, 0x110bd },
		{ 0x110cd, 0x110cd }, { 0x13430, 0x1343f }, { 0x1bca0, 0x1bca3 },
		{ 0x1d173, 0x1d17a }, { 0xe0001, 0xe0001 }, { 0xe0020, 0xe007f },
	};

	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		if (cp >= ranges[i][0] && cp <= ranges[i][1])
			return true;
	return false;
}

static bool must_show(uint32_t cp, bool keep_lf)
{
	if (cp == '\t' || (cp == '\n' && keep_lf))
		return false;
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp_is_bidi(cp) || cp == 0x2028 ||
	       cp == 0x2029;
}

void text_visible(struct buf *out, const char *p, size_t n, bool keep_lf)
{
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		int len = utf8_decode(p + i, n - i, &cp);

		if (!len)
			buf_addf(out, "<%02X>", (unsigned char)p[i++]);
		else if (must_show(cp, keep_lf))
			buf_addf(out, "<U+%04X>", cp);
		else
			buf_add(out, p + i, (size_t)len);
		i += (size_t)len;
	}
}

char *text_visible_dup(const char *s)
{
	struct buf out = BUF_INIT;

	if (s)
		text_visible(&out, s, strlen(s), false);
	return buf_detach(&out);
}

char *text_valid_dup(const char *p, size_t n)
{
	struct buf out = BUF_INIT;
	uint32_t cp;

	for (size_t i = 0; i < n;) {
		int len = p[i] ? utf8_decode(p + i, n - i, &cp) : 0;

		if (len)
			buf_add(&out, p + i, (size_t)len);
		else
			buf_adds(&out, "\xef\xbf\xbd");
		i += len ? (size_t)len : 1;
	}
	return buf_detach(&out);
}

void text_squeeze(char *s)
{
	char *to = s;

	for (const char *p = s; *p; p++) {
		if (!blank(*p))
			*to++ = *p;
		else if (to > s && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > s && to[-1] == ' ')
		to--;
	*to = '\0';
}

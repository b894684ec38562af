// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <string.h>

void text_color(struct buf *out, bool on, enum text_color color, const char *s)
{
	static const char *const codes[] = {
		[COLOR_NONE] = "",          [COLOR_BOLD] = "\033[1m",
		[COLOR_RED] = "\033[1;31m", [COLOR_YELLOW] = "\033[1;33m",
		[COLOR_CYAN] = "\033[36m",  [COLOR_GREEN] = "\033[32m",
	};

	if (!on || color == COLOR_NONE) {
		buf_adds(out, s);
		return;
	}
	buf_adds(out, codes[color]);
	buf_adds(out, s);
	buf_adds(out, "\033[m");
}

/* Length of a well-formed UTF-8 sequence at P, 0 when it is none; its value in *c. */
static size_t utf8_at(const unsigned char *p, size_t len, unsigned int *c)
{
	size_t n = *p < 0x80 ? 1 : *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : *p >= 0xc2 ? 2 : 0;

	if (!n || n > len || *p > 0xf4)
		return 0;
	*c = n == 1 ? *p : *p & (0xff >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (p[i] & 0x3f);
	}
	if ((n == 3 && *c < 0x800) || (n == 4 && (*c < 0x10000 || *c > 0x10ffff)))
		return 0;
	return n;
}

static bool is_tricky(unsigned int c)
{
	return (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || (c >= 0xd800 && c <= 0xdfff) || c == 0xfeff ||
	       (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

void text_safe(struct buf *out, const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;

	while (len) {
		unsigned int c = 0;
		size_t n = utf8_at(p, len, &c);

		if (n && !is_tricky(c)) {
			buf_add(out, p, n);
		} else {
			n = n ? n : 1;
			for (size_t i = 0; i < n; i++)
				buf_addf(out, "\\x%02x", p[i]);
		}
		p += n;
		len -= n;
	}
}

void text_wrap(struct buf *out, int indent, const char *s)
{
	int column = 0;

	while (*s) {
		size_t n = strcspn(s, " \n");

		if (column && column + 1 + (int)n > 79) {
			buf_addc(out, '\n');
			column = 0;
		}
		if (n) {
			if (column)
				buf_addc(out, ' ');
			else
				buf_addf(out, "%*s", indent, "");
			column += column ? 1 : indent;
			buf_add(out, s, n);
			column += (int)n;
		}
		s += n;
		if (*s == '\n' && s[1] == '\n') {
			buf_adds(out, "\n\n");
			column = 0;
		}
		s += *s != '\0';
	}
	if (column)
		buf_addc(out, '\n');
}

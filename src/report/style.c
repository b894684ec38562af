// SPDX-License-Identifier: GPL-2.0-only
#include "style.h"

#include <string.h>

#include "base/mem.h"

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

void text_wrap(struct buf *out, int indent, const char *s)
{
	text_wrap_to(out, indent, 79, s);
}

void text_wrap_to(struct buf *out, int indent, int width, const char *s)
{
	int column = 0;

	while (*s) {
		size_t n = strcspn(s, " \n");

		if (column && column + 1 + (int)n > width) {
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

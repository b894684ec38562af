// SPDX-License-Identifier: GPL-2.0-only
#include "flowed.h"

static size_t quote_depth(struct span line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '>')
		n++;
	return n;
}

/* What goes between the quote marks and the text. */
static void begin_line(struct buf *out, struct span line, size_t depth)
{
	buf_add(out, line.p, depth);
	if (depth && line.n > depth && line.p[depth] == ' ')
		buf_addc(out, ' ');
}

void flowed_decode(struct buf *out, struct span text, bool delsp)
{
	size_t open_depth = 0;
	bool open = false;
	struct span line;

	while (text_line(&text, &line)) {
		size_t depth = quote_depth(line);
		struct span body = { line.p + depth, line.n - depth };
		bool soft;

		if (body.n && body.p[0] == ' ') {
			body.p++;
			body.n--;
		}
		soft = body.n && body.p[body.n - 1] == ' ' && !span_is(body, "-- ");
		if (open && (depth != open_depth || span_is(body, "-- "))) {
			buf_addc(out, '\n');
			open = false;
		}
		if (!open)
			begin_line(out, line, depth);
		buf_add(out, body.p, body.n - (soft && delsp));
		open = soft;
		open_depth = depth;
		if (!open)
			buf_addc(out, '\n');
	}
	if (open)
		buf_addc(out, '\n');
}

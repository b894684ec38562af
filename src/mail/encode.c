// SPDX-License-Identifier: GPL-2.0-only
#include "encode.h"

#include <string.h>

#include "base/text.h"

#define MAX_LINE 900
#define QP_LINE 75

static bool line_is_safe(struct span line)
{
	uint32_t cp;

	if (line.n > MAX_LINE || span_starts(line, "From "))
		return false;
	for (size_t i = 0; i < line.n;) {
		int n = utf8_decode(line.p + i, line.n - i, &cp);

		if (n &&
		    ((cp < 0x20 && cp != '\t') || (cp >= 0x7f && cp < 0xa0) || cp_is_format(cp)))
			return false;
		i += n ? (size_t)n : 1;
	}
	return true;
}

static bool is_safe(const char *p, size_t n)
{
	const char *end = p + n, *nl;

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (!nl)
			nl = end;
		if (!line_is_safe((struct span){ p, (size_t)(nl - p) }))
			return false;
	}
	return true;
}

static bool has_8bit(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] >= 0x80)
			return true;
	return false;
}

/* Whether a byte can stand for itself in its line. */
static bool is_plain(struct span line, size_t i)
{
	unsigned char c = (unsigned char)line.p[i];

	if (c == '=' || c >= 0x7f || (c < 0x20 && c != '\t'))
		return false;
	if ((c == ' ' || c == '\t') && i + 1 == line.n)
		return false;
	return i || !span_starts(line, "From ");
}

static void qp_line(struct buf *out, struct span line)
{
	size_t column = 0;

	for (size_t i = 0; i < line.n; i++) {
		bool plain = is_plain(line, i);

		if (column + (plain ? 1 : 3) > QP_LINE) {
			buf_adds(out, "=\n");
			column = 0;
		}
		if (plain)
			buf_addc(out, line.p[i]);
		else
			buf_addf(out, "=%02X", (unsigned char)line.p[i]);
		column += plain ? 1 : 3;
	}
}

static void quoted_printable(struct buf *out, const char *p, size_t n)
{
	const char *end = p + n, *nl;

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (!nl)
			nl = end;
		qp_line(out, (struct span){ p, (size_t)(nl - p) });
		buf_addc(out, '\n');
	}
}

void encode_body(struct buf *out, const char *p, size_t n)
{
	bool safe = is_safe(p, n);

	if (safe && !has_8bit(p, n)) {
		buf_addc(out, '\n');
		buf_add(out, p, n);
		return;
	}
	buf_addf(out,
		 "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
		 "Content-Transfer-Encoding: %s\n\n",
		 safe ? "8bit" : "quoted-printable");
	if (safe)
		buf_add(out, p, n);
	else
		quoted_printable(out, p, n);
}

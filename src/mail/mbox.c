// SPDX-License-Identifier: GPL-2.0-only
#include "mbox.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

bool mbox_is(const char *p, size_t n)
{
	return n >= 5 && !memcmp(p, "From ", 5);
}

/*
 * "From whoever Thu Jan  1 00:00:00 1970", by git's rule: a time with two
 * colons and a year after it, so that prose is none.
 */
static bool is_separator(struct span line)
{
	const char *p, *end = line.p + line.n;
	char year[5] = "";

	if (!span_starts(line, "From "))
		return false;
	for (p = end; p > line.p + 5 && p[-1] != ':'; p--)
		;
	if (p <= line.p + 8 || end - p < 7 || !isdigit((unsigned char)p[-2]) ||
	    !isdigit((unsigned char)p[-3]) || p[-4] != ':' || !isdigit((unsigned char)p[0]))
		return false;
	p += 2;
	while (p < end && *p == ' ')
		p++;
	if (end - p < 4)
		return false;
	memcpy(year, p, 4);
	return strtol(year, NULL, 10) > 1900;
}

/* A header field, which must follow a separator. */
static bool is_field(struct span rest)
{
	size_t i = 0;

	if (span_starts(rest, "From ") || span_starts(rest, ">From "))
		return true;
	while (i < rest.n && (isalnum((unsigned char)rest.p[i]) || rest.p[i] == '-'))
		i++;
	return i && i < rest.n && rest.p[i] == ':';
}

/* Add a line as it was before it was put into the mbox. */
static void add_line(struct buf *out, const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && p[i] == '>')
		i++;
	if (i && n - i >= 5 && !memcmp(p + i, "From ", 5)) {
		p++;
		n--;
	}
	buf_add(out, p, n);
}

/* The message after the separator, up to the next; *rest is left there. */
static int one_message(struct span *rest, struct buf *out, struct err *err)
{
	bool after_blank = false;
	struct span line, next;

	buf_clear(out);
	while (rest->n) {
		next = *rest;
		text_line(&next, &line);
		if (after_blank && is_separator(line) && is_field(next))
			break;
		after_blank = !line.n;
		add_line(out, rest->p, rest->n - next.n);
		*rest = next;
	}
	/* The blank line before a separator is the mbox's. */
	if (rest->n && out->len && out->p[out->len - 1] == '\n')
		out->len--;
	if (out->over)
		return err_set(err, "a message of more than %u MB", MBOX_MAX_MESSAGE >> 20);
	return 0;
}

int mbox_each(const char *p, size_t n, mbox_fn fn, void *ctx, struct err *err)
{
	struct buf msg = BUF_INIT_MAX(MBOX_MAX_MESSAGE);
	struct span rest = { p, n }, line;
	size_t count = 0;
	int rc = 0;

	if (!mbox_is(p, n)) {
		if (n > MBOX_MAX_MESSAGE)
			return err_set(err, "a message of more than %u MB", MBOX_MAX_MESSAGE >> 20);
		return fn(ctx, p, n, err);
	}
	while (!rc && text_line(&rest, &line)) {
		if (++count > MBOX_MAX_MESSAGES)
			rc = err_set(err, "more than %d messages", MBOX_MAX_MESSAGES);
		if (!rc)
			rc = one_message(&rest, &msg, err);
		if (!rc)
			rc = fn(ctx, msg.p ? msg.p : "", msg.len, err);
	}
	buf_release(&msg);
	return rc;
}

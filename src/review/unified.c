// SPDX-License-Identifier: GPL-2.0-only
#include "unified.h"

#define CONTEXT 3 /* lines around a change */

static void add_lines(struct buf *out, char mark, const struct source *src, int line, int end)
{
	for (; line < end; line++) {
		size_t n;
		const char *text = source_line_text(src, line, &n);

		buf_addc(out, mark);
		buf_add(out, text, n);
		buf_addc(out, '\n');
	}
}

static int first_of(const struct line_change *c)
{
	return c->old_line > CONTEXT ? c->old_line - CONTEXT : 1;
}

/* The line behind the hunk that ends with this change. */
static int end_of(const struct line_change *c, const struct source *old)
{
	int end = c->old_line + c->old_count + CONTEXT, last = (int)old->n_lines;
	size_t n;

	/* Behind the last line break there is no line. */
	if (last && (source_line_text(old, last, &n), !n))
		last--;
	return end > last + 1 ? last + 1 : end;
}

/* One hunk of N changes; returns by how much they let the file grow. */
static int add_hunk(struct buf *out, const struct source *old, const struct source *new,
		    const struct line_change *c, size_t n, int grown)
{
	int line = first_of(c), end = end_of(&c[n - 1], old), more = 0;

	for (size_t i = 0; i < n; i++)
		more += c[i].new_count - c[i].old_count;
	buf_addf(out, "@@ -%d,%d +%d,%d @@\n", line, end - line, line + grown, end - line + more);
	for (size_t i = 0; i < n; i++) {
		int gone = c[i].old_line + c[i].old_count;

		add_lines(out, ' ', old, line, c[i].old_line);
		add_lines(out, '-', old, c[i].old_line, gone);
		add_lines(out, '+', new, c[i].new_line, c[i].new_line + c[i].new_count);
		line = gone;
	}
	add_lines(out, ' ', old, line, end);
	return more;
}

void unified_add(struct buf *out, const char *path, const struct source *old,
		 const struct source *new, const struct line_change *changes, size_t n)
{
	int grown = 0;

	if (n)
		buf_addf(out, "--- a/%s\n+++ b/%s\n", path, path);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i + 1; k < n && first_of(&changes[k]) <= end_of(&changes[k - 1], old); k++)
			;
		grown += add_hunk(out, old, new, &changes[i], k - i, grown);
	}
}

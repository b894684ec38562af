// SPDX-License-Identifier: GPL-2.0-only
#include "patch_lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void add(struct patch_lines *lines, const struct patch_line *line)
{
	if (lines->n >= PATCH_LINES_MAX)
		return;
	GROW(lines->v, lines->n, lines->cap);
	lines->v[lines->n++] = *line;
}

static struct span span_of(const char *s)
{
	return (struct span){ s, s ? strlen(s) : 0 };
}

static void add_hunk(struct patch_lines *lines, const char *path, const struct diff_hunk *hunk)
{
	struct patch_line at = { .kind = '@',
				 .path = path,
				 .text = { hunk->section, hunk->section_len } };
	int old = (int)hunk->old_start, new = (int)hunk->new_start;
	struct diff_line line;
	size_t pos = 0;

	at.text = span_trim(at.text);
	add(lines, &at);
	while (diff_hunk_next(hunk, &pos, &line)) {
		struct patch_line l = { .kind = line.kind,
					.path = path,
					.text = { line.p, line.n } };

		if (line.kind != '+')
			l.old_line = old++;
		if (line.kind != '-')
			l.new_line = new ++;
		add(lines, &l);
	}
}

static void add_diff(struct patch_lines *lines, const char *text, size_t len)
{
	struct err err = ERR_INIT;

	if (!text || diff_parse(&lines->diff, text, len, &err)) {
		err_release(&err);
		return;
	}
	for (size_t i = 0; i < lines->diff.n; i++) {
		const struct diff_file *f = &lines->diff.files[i];
		struct patch_line begin = { .kind = '#', .path = diff_file_path(f) };

		begin.text = span_of(begin.path);
		add(lines, &begin);
		for (size_t k = 0; k < f->n_hunks; k++)
			add_hunk(lines, begin.path, &f->hunks[k]);
	}
}

void patch_lines_init_diff(struct patch_lines *lines, const char *diff, size_t len)
{
	*lines = (struct patch_lines){ .diff = DIFF_INIT };
	add_diff(lines, diff, len);
}

void patch_lines_init(struct patch_lines *lines, const struct series_patch *p)
{
	struct patch_line l = { .kind = 'm', .text = span_of(p->subject) };
	struct span rest = span_of(p->changelog);

	*lines = (struct patch_lines){ .diff = DIFF_INIT };
	add(lines, &l);
	while (text_line(&rest, &l.text)) {
		l.new_line++;
		add(lines, &l);
	}
	lines->diff_at = lines->n;
	add_diff(lines, p->diff, p->diff_len);
}

void patch_line_add(const struct patch_line *line, struct buf *out)
{
	switch (line->kind) {
	case 'm':
		buf_adds(out, line->text.n ? "    " : "");
		break;
	case '#':
		buf_adds(out, " ## ");
		break;
	case '@':
		buf_adds(out, line->text.n ? "@@ " : "@@");
		break;
	default:
		buf_addc(out, line->kind);
	}
	buf_add(out, line->text.p, line->text.n);
	buf_adds(out, line->kind == '#' ? " ##\n" : "\n");
}

void patch_lines_add(const struct patch_lines *lines, size_t from, struct buf *out)
{
	buf_adds(out, "");
	for (size_t i = from; i < lines->n; i++)
		patch_line_add(&lines->v[i], out);
}

size_t *lines_pair(const struct line_change *changes, size_t n_changes, size_t n)
{
	size_t *to = xcalloc(n, sizeof(*to)), old = 0, new = 0;

	for (size_t i = 0; i <= n_changes; i++) {
		size_t end = i < n_changes ? (size_t)changes[i].old_line - 1 : n;

		while (old < end && old < n)
			to[old++] = new ++;
		if (i == n_changes)
			break;
		for (int k = 0; k < changes[i].old_count && old < n; k++)
			to[old++] = LINE_NONE;
		new += (size_t)changes[i].new_count;
	}
	return to;
}

void patch_lines_release(struct patch_lines *lines)
{
	free(lines->v);
	diff_release(&lines->diff);
	*lines = (struct patch_lines){ .diff = DIFF_INIT };
}

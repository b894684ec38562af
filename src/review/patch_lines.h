/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A patch as lines: subject, changelog and diff, in one form without blob ids
 * and line numbers, so that revisions can be compared and quotes be found.
 */
#ifndef REVIEW_PATCH_LINES_H
#define REVIEW_PATCH_LINES_H

#include "base/text.h"
#include "diff/diff.h"
#include "mail/series.h"
#include "tree/repo_diff.h"

#define PATCH_LINES_MAX 200000 /* what is behind them is not looked at */

struct patch_line {
	char kind;              /* 'm' changelog, '#' a file begins, '@' a hunk, ' ', '+' or '-' */
	const char *path;       /* NULL in the changelog */
	int old_line, new_line; /* of the changelog: new_line, the subject being 0; else 0 */
	struct span text;       /* without the mark; of '@' the section */
};

/* It points into the patch, which must outlive it.  Free with patch_lines_release(). */
struct patch_lines {
	struct patch_line *v;
	size_t n, cap;
	size_t diff_at; /* index of the first line of the diff */
	struct diff diff;
};

/* The lines of a patch; a diff that cannot be parsed has none. */
void patch_lines_init(struct patch_lines *lines, const struct series_patch *p);

/* The same of a diff alone. */
void patch_lines_init_diff(struct patch_lines *lines, const char *diff, size_t len);

/* Add one of them, and all from an index on, each with its mark and a line break. */
void patch_line_add(const struct patch_line *line, struct buf *out);
void patch_lines_add(const struct patch_lines *lines, size_t from, struct buf *out);

#define LINE_NONE ((size_t)-1)

/*
 * For each of N lines of one text its line in another, from 0, or LINE_NONE,
 * out of the changes between them.  The caller frees.
 */
size_t *lines_pair(const struct line_change *changes, size_t n_changes, size_t n);

void patch_lines_release(struct patch_lines *lines);

#endif

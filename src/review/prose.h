/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words of a changelog that somebody wrote as prose: no code, logs, tables,
 * quotes, trailers, URLs, paths, addresses, nor what has marks of code in it.
 * Words are split at hyphens and slashes.
 */
#ifndef REVIEW_PROSE_H
#define REVIEW_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/series.h"

/* Points into the patch's subject or changelog. */
struct prose_word {
	const char *p;
	size_t n;
	int line, column; /* line 0 is the subject; columns from 1, in bytes */
	bool plain;       /* letters only, all small but perhaps the first */
	bool name;        /* a capital within a sentence, so it may be a name */
};

/* Free with prose_release(). */
struct prose {
	struct prose_word *v;
	size_t n, cap;
};

/* Words past the first PROSE_MAX are left out. */
#define PROSE_MAX 20000

void prose_of(const struct series_patch *patch, struct prose *out);
void prose_release(struct prose *prose);

/* A plain word in small letters, NUL-ended; false when it does not fit. */
bool prose_lower(const struct prose_word *word, char *out, size_t size);

/* The length of "KVM: x86:" at the start of a subject, 0 when it has none. */
size_t subject_prefix(const char *subject);

/* Line N of the changelog, from 1; 0 is the subject. */
struct span changelog_line(const struct series_patch *patch, int line);

#endif

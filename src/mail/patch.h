/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of a patch mail taken apart, by the rules of git am: scissors,
 * in-body header lines, changelog, what stands below "---", the diff.
 */
#ifndef MAIL_PATCH_H
#define MAIL_PATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"
#include "base/text.h"

struct patch {
	/* In-body header fields, NULL where there is none.  All strings are owned. */
	char *from, *subject, *date;
	char *changelog; /* with its trailers, no blank lines at the ends */
	char *notes;     /* below "---" and above the diff; "" */
	char *diff;      /* from the first file to the last; NULL: none */
	size_t diff_len;
	size_t files;  /* in the diff */
	char *damage;  /* why the diff cannot be parsed; NULL: it can */
	bool diffstat; /* "N files changed" stands somewhere */
	/* From lines of their own anywhere in the text; NULL or empty. */
	char *base_commit, *change_id;
	struct strv prerequisites; /* patch ids and message ids, "NAME: VALUE" */
};

#define PATCH_INIT \
	{          \
		0  \
	}

/*
 * Take a text apart.  ATTACHED: the patch came as an attachment, so a
 * format-patch header further down begins it.
 */
void patch_split(struct patch *p, const char *text, size_t len, bool attached);

/* Whether a line cuts off what stands above it ("-- >8 --"), by git's rule. */
bool patch_is_scissors(struct span line);

/* Whether the diff adds bidirectional or other format characters: which, else 0. */
unsigned int patch_hidden_char(const char *diff, size_t len, size_t *line);

void patch_release(struct patch *p);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Diffs inside a mail that is no patch mail: a whole patch with author and
 * subject below the text, or a bare diff.  What is quoted is neither.
 */
#ifndef MAIL_EMBEDDED_H
#define MAIL_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>

#include "address.h"
#include "base/strv.h"
#include "message.h"

#define EMBEDDED_MAX 200 /* in one mail */

/* All strings are owned. */
struct embedded {
	bool is_patch;         /* kind "patch", else "diff" */
	char *message_id;      /* of the mail it was found in */
	char *subject;         /* its own; of a bare diff the mail's */
	struct address author; /* its own; of a bare diff the sender */
	long long date;
	int tz;
	char *changelog; /* with trailers; "" for a bare diff */
	char *notes;     /* diffstat and what else stands above the diff */
	char *diff;
	size_t diff_len;
	size_t start, end; /* where it stands in the mail's text */
};

struct embeddeds {
	struct embedded *v;
	size_t n, cap;
};

#define EMBEDDEDS_INIT     \
	{                  \
		NULL, 0, 0 \
	}

/* Add what a mail's text holds; damaged diffs become lines of WARNINGS. */
void embedded_find(struct embeddeds *all, const struct message *m, struct strv *warnings);

void embeddeds_release(struct embeddeds *all);

#endif

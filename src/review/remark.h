/* SPDX-License-Identifier: GPL-2.0-only */
/* What replies say below quoted lines of a patch. */
#ifndef REVIEW_REMARK_H
#define REVIEW_REMARK_H

#include "mail/reply.h"
#include "patch_lines.h"

#define REMARK_MAX_LINES 5 /* that one stands under */

/* Strings are owned. */
struct remark {
	char *message_id;
	char *author;       /* "Name <addr>" */
	size_t first, last; /* the lines it stands under, as indices of the patch's lines */
	char *text;         /* on one line; its end may be left out ("[...]") */
	char *whole;        /* all of it, with line breaks */
};

/* In the order of the thread and of each mail; free with remarks_release(). */
struct remarks {
	struct remark *v;
	size_t n, cap;
};

/*
 * Add the remarks of one reply to a patch.  DEPTH is how many quote marks the
 * patch's lines have in it, 0 when that is not known.  What stands below other
 * quotes than lines of the patch is no remark on it.
 */
int remarks_find(struct remarks *all, const struct message *m, const struct reply_lines *lines,
		 int depth, const struct patch_lines *patch, struct err *err)
	__attribute__((warn_unused_result));

/* The same of all replies to patch N of a series. */
int remarks_of_patch(struct remarks *all, const struct replies *replies, const struct series *s,
		     int n, const struct patch_lines *patch, struct err *err)
	__attribute__((warn_unused_result));

void remark_release(struct remark *remark);
void remarks_release(struct remarks *all);

#endif

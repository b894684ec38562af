/* SPDX-License-Identifier: GPL-2.0-only */
/* The replies to a series, taken apart: what they quote and what they say themselves. */
#ifndef MAIL_REPLY_H
#define MAIL_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "embedded.h"
#include "series.h"
#include "thread.h"

#define REPLY_MAX_LINES 20000 /* of one mail; what stands below is not looked at */

/* A reply and what it answers.  The mail is the thread's. */
struct reply {
	const struct mail *mail;
	int n;     /* the patch that it answers, directly or through others; 0: the cover */
	int depth; /* quote marks in front of the patch's own lines; 0: not known */
};

/* In the order of the thread; free with replies_release(). */
struct replies {
	struct reply *v;
	size_t n, cap;
};

/* The replies to the patches and the cover of S, which was built from T. */
void replies_find(struct replies *all, const struct thread *t, const struct series *s);

void replies_release(struct replies *all);

/* A line of a reply; it points into the mail's text. */
struct reply_line {
	struct span text; /* behind the quote marks and the blank after them */
	int depth;        /* quote marks */
	bool own;         /* not quoted, no part of a diff or patch, and above the signature */
};

/* Free with reply_lines_release(). */
struct reply_lines {
	struct reply_line *v;
	size_t n, cap;
};

/* Take a mail's text apart; FOUND holds the diffs and patches in it. */
void reply_lines_read(struct reply_lines *lines, const struct message *m,
		      const struct embeddeds *found);

void reply_lines_release(struct reply_lines *lines);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Trailers ("Reviewed-by: Name <addr>"): a patch's own, and what replies give. */
#ifndef MAIL_TRAILERS_H
#define MAIL_TRAILERS_H

#include <stdbool.h>
#include <stddef.h>

#include "address.h"
#include "base/text.h"

/* All strings are owned. */
struct trailer {
	char *name;  /* "Reviewed-by", as written */
	char *value; /* "Name <addr> # note" */
	char *extra; /* a line "[for the KVM parts]" below it; NULL */
};

struct trailers {
	struct trailer *v;
	size_t n, cap;
};

#define TRAILERS_INIT      \
	{                  \
		NULL, 0, 0 \
	}
#define TRAILERS_MAX 500

/* Add copies; past TRAILERS_MAX nothing happens. */
void trailers_add(struct trailers *t, const char *name, const char *value, const char *extra);

/*
 * The trailers at the end of a changelog, by git's rule (the last paragraph,
 * if it is made of them).  *body is the length of what stands before them.
 */
void trailers_of_changelog(struct trailers *t, const char *changelog, size_t *body);

/*
 * Every line in the text that looks like a trailer which a reply may give:
 * "...-by:", Fixes:, Link:, Closes:; not what is quoted and nothing below the
 * signature or a forwarded message.
 */
void trailers_of_reply(struct trailers *t, struct span text);

/*
 * Why a reply's trailer is not to be taken, or NULL when it is: a person's
 * must be the sender's, Fixes: needs 6 hex digits, Link: and Closes: a URL,
 * and a robot's report about the patch is not the patch's.  A constant.
 */
const char *trailer_refusal(const struct trailer *t, const struct address *from);

/* The whole line, "Name: value"; the caller frees it. */
char *trailer_line(const struct trailer *t);

/* Whether both say the same: the name, and the address or the value. */
bool trailer_same(const struct trailer *a, const struct trailer *b);
bool trailers_have(const struct trailers *all, const struct trailer *t);

/* Whether a mail's sender is a test robot. */
bool address_is_robot(const struct address *a);

void trailers_release(struct trailers *t);

#endif

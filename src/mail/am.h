/* SPDX-License-Identifier: GPL-2.0-only */
/* A series as an mbox that git am takes as it is. */
#ifndef MAIL_AM_H
#define MAIL_AM_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "series.h"

enum am_embedded {
	AM_NO_EMBEDDED,
	AM_EMBEDDED_PATCHES,
	AM_EMBEDDED_ALL, /* bare diffs too */
};

struct am_options {
	const bool *picked; /* [n - 1], as many as series->expected; NULL: all */
	bool add_link, add_message_id;
	const char *link_base; /* "https://patch.msgid.link/" */
	enum am_embedded embedded;
	bool allow_hidden; /* format characters in code; they come out encoded */
	const char *own;   /* "Name <addr>": whose Signed-off-by stays last; NULL */
};

/*
 * Add the patches that are there to OUT, in order.  Bodies are UTF-8, plain
 * where nothing in them could be mistaken (a line "From ...") or could harm a
 * terminal, else quoted-printable.  -1 when a diff adds bidirectional or other
 * hidden format characters to code.
 */
int am_write(const struct series *s, const struct am_options *opt, struct buf *out, struct err *err)
	__attribute__((warn_unused_result));

/* The cover letter as a mail of its own. */
void am_write_cover(const struct series *s, struct buf *out);

/* "v4_20210809_guang_zeng_title_of_the_series": [a-z0-9_] only.  Caller frees. */
char *am_slug(const struct series *s);

/* How many mails am_write() makes. */
int am_count(const struct series *s, const struct am_options *opt);

#endif

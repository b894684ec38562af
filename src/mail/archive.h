/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of mails in archives: Message-IDs and the URLs of public-inbox. */
#ifndef MAIL_ARCHIVE_H
#define MAIL_ARCHIVE_H

#include <stdbool.h>

#include "base/err.h"

#define ARCHIVE_DEFAULT "https://lore.kernel.org/all/"

/* Initialise with ARCHIVE_REF_INIT, free with archive_ref_release(). */
struct archive_ref {
	char *base;       /* URL of the inbox with its last '/'; NULL: the default */
	char *message_id; /* without <>, decoded */
	char *literal;    /* the id before %XX was decoded; NULL: the same */
};

#define ARCHIVE_REF_INIT         \
	{                        \
		NULL, NULL, NULL \
	}

/* Whether it is a URL at all. */
bool archive_is_url(const char *what);

/*
 * Read a Message-ID (with or without <>, percent-encoded or not) or a URL:
 * of a mail or thread in a public-inbox, https://lore.kernel.org/r/ID,
 * https://patch.msgid.link/ID and their like.
 */
int archive_parse(struct archive_ref *ref, const char *what, struct err *err)
	__attribute__((warn_unused_result));

/* A Message-ID as it stands in public-inbox's URLs; the caller frees it. */
char *archive_escape(const char *message_id);

/* A search query as it stands behind "?q="; the caller frees it. */
char *archive_escape_query(const char *query);

/* Resolve %XX; the caller frees it. */
char *archive_unescape(const char *text);

void archive_ref_release(struct archive_ref *ref);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One mail (RFC 5322, MIME), decoded: header fields as UTF-8 without control
 * characters, the text as it was written.  Only this module knows GMime.
 */
#ifndef MAIL_MESSAGE_H
#define MAIL_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "address.h"
#include "base/err.h"
#include "base/strv.h"

#define MESSAGE_MAX_PARTS 200
#define MESSAGE_MAX_DEPTH 16
#define MESSAGE_MAX_REFERENCES 500
#define MESSAGE_MAX_ADDRESSES 300 /* in one field */

/* All strings are owned and never NULL after message_parse(). */
struct message {
	char *id;      /* Message-ID without <>; "" when there is none */
	char *subject; /* on one line */
	struct address from;
	/*
	 * Whom a reply to all is for.  Groups are taken apart; what is no plain
	 * address (address_is_plain()) is left out.
	 */
	struct addresses to, cc, reply_to, followup_to;
	char *in_reply_to;      /* without <>; "" */
	struct strv references; /* without <>, oldest first */
	char *list_id;          /* what stands in <>; "" */
	char *agent;            /* User-Agent or X-Mailer; "" */
	bool stable_review;     /* X-stable: review */
	bool patchwork_ignore;  /* X-Patchwork-Hint: ignore */
	bool has_date;
	long long date; /* seconds since 1970, 0 when there is none */
	int tz;         /* the sender's minutes east of UTC */
	/*
	 * The plain text: of a multipart the text parts in order, then the
	 * attached patches; LF line ends, UTF-8 where the charset could be
	 * converted and else the bytes as they came, format=flowed undone.
	 */
	char *text;
	size_t text_len;
	bool attached;    /* some of the text was an attachment */
	bool html_only;   /* there was text, but only HTML */
	bool bad_charset; /* some text could not be converted */
};

#define MESSAGE_INIT \
	{            \
		0    \
	}

/*
 * Parse the bytes of one mail (no mbox escapes).  Nearly anything is a mail;
 * -1 only when it has no header at all.
 */
int message_parse(struct message *m, const char *p, size_t n, struct err *err)
	__attribute__((warn_unused_result));

/* "Mon, 9 Aug 2021 11:29:24 +0800" in the sender's zone; the caller frees it. */
char *message_date(long long date, int tz);

/*
 * Read a date as mails write it (RFC 5322, and ISO as git does); false when it
 * is none.
 */
bool message_parse_date(const char *text, long long *date, int *tz);

/* Decode encoded words (RFC 2047) of a header text; the caller frees it. */
char *message_decode(const char *text);

/*
 * Encode a header text (RFC 2047) where it is not plain ASCII, folded, to
 * stand behind "NAME: "; for an address with its name encoded.  Caller frees.
 */
char *message_encode(const char *name, const char *text);
char *message_encode_address(const struct address *a);

void message_release(struct message *m);

#endif

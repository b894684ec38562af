/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mailboxes as bytes: one message, an mbox (RFC 4155) or an mboxrd, where a
 * line of ">From " with any number of ">" has lost one when it comes out.
 */
#ifndef MAIL_MBOX_H
#define MAIL_MBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

#define MBOX_MAX_MESSAGES 20000
#define MBOX_MAX_MESSAGE (32u << 20) /* bytes in one message */

/* Whether it begins with a "From " line; else it is one message. */
bool mbox_is(const char *p, size_t n);

/* Called with each message, un-escaped, valid for the call only.  Not 0 stops. */
typedef int (*mbox_fn)(void *ctx, const char *p, size_t n, struct err *err);

/*
 * Call FN with each message of a mailbox, in order.  Bytes that are no mbox
 * are one message.  Returns what FN returned, or -1 for a limit above.
 */
int mbox_each(const char *p, size_t n, mbox_fn fn, void *ctx, struct err *err)
	__attribute__((warn_unused_result));

#endif

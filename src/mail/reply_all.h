/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MAIL_REPLY_ALL_H
#define MAIL_REPLY_ALL_H

#include "base/buf.h"
#include "message.h"

/*
 * Add the header fields of a reply to all of a mail, as mutt makes them: To is
 * Reply-To or From, or Mail-Followup-To where the mail has it and then nobody
 * else; Cc is everybody else, each once and without ME.  AUTHOR, when not NULL,
 * is who wrote what the mail brings and goes to To as well.  In-Reply-To and
 * References are those of RFC 5322, 3.6.4.  There is no Date and no Message-ID:
 * what sends the mail adds them.
 */
void reply_header(struct buf *out, const struct message *m, const struct address *author,
		  const struct address *me);

/* Add "On Mon, Aug 09, 2021, Somebody wrote:", the day in the sender's zone. */
void reply_attribution(struct buf *out, const struct message *m);

#endif

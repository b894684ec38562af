/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A posting of a watched list: from the Message-ID of one of its mails to the
 * series and what it is known by.
 */
#ifndef WATCH_POSTING_H
#define WATCH_POSTING_H

#include "mail/origin.h"
#include "mail/series.h"
#include "store/watch_state.h"

/* Free with posting_release(). */
struct posting {
	struct thread thread;
	struct series series;     /* found is 0: no patch is here */
	struct watch_posting key; /* filled in when there is a series */
};

/*
 * Fetch the thread of a mail from the archive, with what other threads hold of
 * an unthreaded series, and put together the revision that the mail is of.
 * STATUS_TEMPFAIL when the archive cannot be asked now.
 */
int posting_read(struct posting *p, struct origin *origin, const char *message_id, struct err *err)
	__attribute__((warn_unused_result));

void posting_release(struct posting *p);

#endif

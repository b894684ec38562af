/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A review as drafts of replies, for a mail client or git send-email: one to
 * each patch with notes and to each reply that proposes code with notes, and a
 * summary to the cover letter.  Nothing is sent.
 */
#ifndef REVIEW_DRAFT_H
#define REVIEW_DRAFT_H

#include "review.h"

/* Both are owned. */
struct draft {
	char *name; /* "0005-re-kvm-x86-support-interrupt-dispatch.eml" */
	struct buf mail;
};

/* In the order of the patches; initialise with DRAFTS_INIT, free with drafts_release(). */
struct drafts {
	struct draft *v;
	size_t n, cap;
};

#define DRAFTS_INIT        \
	{                  \
		NULL, 0, 0 \
	}

/*
 * Write the replies of ME.  Notes that somebody made in the thread already are
 * only counted, in the summary.  A range has no mails to reply to: an error.
 */
int review_drafts(const struct review *r, const struct address *me, struct drafts *out,
		  struct err *err) __attribute__((warn_unused_result));

/* All of them as one mbox. */
void drafts_mbox(const struct drafts *drafts, struct buf *out);

void drafts_release(struct drafts *drafts);

#endif

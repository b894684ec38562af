/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A heap of mails, each with what its subject and text say and the mail it
 * answers; one copy of each Message-ID.
 */
#ifndef MAIL_THREAD_H
#define MAIL_THREAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strv.h"
#include "message.h"
#include "patch.h"
#include "subject.h"

#define THREAD_MAX_MAILS 20000

enum mail_kind {
	MAIL_PATCH,    /* has a diff and is no reply */
	MAIL_COVER,    /* 0/m */
	MAIL_OTHER,    /* replies and whatever else */
	MAIL_LEFT_OUT, /* AUTOSEL and stable-review: no series to take */
};

struct mail {
	struct message msg;
	struct subject subject;
	struct patch patch; /* of a reply only the in-text information */
	enum mail_kind kind;
	struct mail *parent; /* the mail it answers, NULL: none or not here */
	bool parent_far;     /* found through References:, mails between are missing */
};

/* Mails are in the order of their dates after thread_link(). */
struct thread {
	struct mail **v;
	size_t n, cap;
	size_t left_out;      /* mails of that kind */
	size_t duplicates;    /* copies that were dropped */
	struct id_table *ids; /* opaque: Message-IDs to mails */
};

#define THREAD_INIT                    \
	{                              \
		NULL, 0, 0, 0, 0, NULL \
	}

/* Add the bytes of one mail.  What is no mail is an error. */
int thread_add(struct thread *t, const char *p, size_t n, struct err *err)
	__attribute__((warn_unused_result));

/* Add a whole mailbox (mbox.h); what is no mail in it is left out. */
int thread_add_mbox(struct thread *t, const char *p, size_t n, struct err *err)
	__attribute__((warn_unused_result));

/* Sort and find the parents; to be called after the last thread_add(). */
void thread_link(struct thread *t);

/*
 * Count AUTOSEL and stable-review mails as patches too, for who has nothing
 * else and wants to look at them.  To be called before thread_link().
 */
void thread_take_left_out(struct thread *t);

/*
 * Keep only what hangs together with a Message-ID through In-Reply-To: and
 * References:; archives put more into a thread.  All stay when it is not here.
 * To be called before thread_link().
 */
void thread_keep(struct thread *t, const char *message_id);

/* NULL when it is not here. */
struct mail *thread_find(const struct thread *t, const char *message_id);

void thread_release(struct thread *t);

#endif

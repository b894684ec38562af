/* SPDX-License-Identifier: GPL-2.0-only */
/* What belongs to a series but stands in other threads: found by search. */
#ifndef MAIL_FOLLOW_H
#define MAIL_FOLLOW_H

#include "series.h"
#include "origin.h"

/*
 * Add threads that may hold other revisions: with the same change-id, else
 * with the same title and sender.  None is no error.
 */
int follow_newer(struct origin *origin, const struct series *s, struct thread *t, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Add threads with patches that the same sender sent in the days around, for
 * a series whose patches answer nothing.  The number of new mails; trouble
 * adds none.
 */
size_t follow_unthreaded(struct origin *origin, const struct series *s, struct thread *t);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REVIEW_SAID_H
#define REVIEW_SAID_H

#include "review.h"

/*
 * Notes on lines under which somebody has made a remark in the thread: the
 * remark takes the place of the note's text, with its author; of several the
 * one that has most words in common with it.  A note on one word of a
 * changelog needs a remark on that word.
 */
int notes_quote_remarks(struct review *r, struct err *err) __attribute__((warn_unused_result));

#endif

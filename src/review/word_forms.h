/* SPDX-License-Identifier: GPL-2.0-only */
/* What else is a word because another one is: its forms and compounds. */
#ifndef REVIEW_WORD_FORMS_H
#define REVIEW_WORD_FORMS_H

#include <stdbool.h>

/* Words have at most so many letters; longer ones are no words. */
#define WORD_MAX 40

/*
 * Whether KNOWN knows the word (in small ASCII letters) or what it is a form
 * of: plurals, -ed, -ing and the like.
 */
bool word_is_form(const char *word, bool (*known)(void *ctx, const char *word), void *ctx);

/* The same, also for un-, re- and the like, two words in one, and British spelling. */
bool word_is_made_of(const char *word, bool (*known)(void *ctx, const char *word), void *ctx);

#endif

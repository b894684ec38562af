/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * When two words are so alike that one may be the other, written wrong.  Both
 * are in small ASCII letters.
 */
#ifndef REVIEW_NEAR_H
#define REVIEW_NEAR_H

#include <stdbool.h>

/* Words shorter than this have too many like them that are words too. */
#define NEAR_MIN 7

/*
 * Same first letter, and one letter too many, too few, another one, or two
 * that changed places; or, in longer words with the same first three letters,
 * the same consonants in their order, where at most two vowels differ and
 * vowels that stand together may have changed places (prevoisely, previously).
 * A word with one letter behind it is rather a name (timersd) than near.
 */
bool words_near(const char *wrong, const char *word);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether words stand anywhere in a tree, as whole words or parts of
 * identifiers, no matter the case; also a word that they are a form of.  Files
 * near those that a series changes are looked at first, and at most
 * TREE_WORDS_FILES of all: a word that is only further away counts as not there.
 */
#ifndef REVIEW_TREE_WORDS_H
#define REVIEW_TREE_WORDS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strv.h"
#include "store/store.h"
#include "tree/repo.h"

#define TREE_WORDS_FILES 22000

struct tree_word {
	const char *word; /* in small letters */
	bool found;       /* set */
	/*
	 * Set when it was not found: the words near it (near.h) that stand
	 * several times in the changed files' directories, by blanks; owned.
	 */
	char *near;
};

struct tree_words {
	struct repo *repo;
	struct store *store; /* keeps what was found; NULL: nothing is kept */
	int jobs;
	const char *tree;         /* its id */
	const struct strv *paths; /* of the changed files */
	struct tree_word *v;
	size_t n;
};

/* Fill v[].found and v[].near; an error when a blob cannot be read. */
int tree_words_find(struct tree_words *tw, struct err *err) __attribute__((warn_unused_result));

/* Which of the words stand in a text; sets found. */
void tree_words_in_text(struct tree_words *tw, const char *text, size_t len);

#endif

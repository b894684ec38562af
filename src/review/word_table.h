/* SPDX-License-Identifier: GPL-2.0-only */
/* A table of words, each with what a list says of it, for lists of 100,000. */
#ifndef REVIEW_WORD_TABLE_H
#define REVIEW_WORD_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Strings belong to whoever added them. */
struct word_entry {
	const char *word;  /* NULL: a free place */
	const char *value; /* what to write instead, or NULL */
	uint32_t hash;
	bool plain; /* the list has it in small letters, so it is no name */
};

/* All zero is an empty one. */
struct word_table {
	struct word_entry *v;
	size_t n, cap; /* used and all places; cap is 0 or a power of two */
};

/* Add a word; one that is there stays as it is, but for becoming plain. */
void word_table_add(struct word_table *t, const char *word, const char *value, bool plain);

/* NULL when it is not there. */
const struct word_entry *word_table_find(const struct word_table *t, const char *word);

void word_table_release(struct word_table *t);

#endif

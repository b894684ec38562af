/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of words: the misspellings that scripts/spelling.txt of a tree
 * and codespell's dictionary list, and the words of the system's word list.
 * Lists that are not installed say nothing.
 */
#ifndef REVIEW_LEXICON_H
#define REVIEW_LEXICON_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strv.h"
#include "tree/repo.h"

struct lexicon;

struct lexicon_options {
	/* Files of the user's choice, which must be there, or NULL. */
	const char *word_list, *codespell_dict;
};

/*
 * Read the lists; TREE is the id of the one whose spelling.txt is taken, or
 * NULL.  What is not installed is added to SAID, a line each.
 */
int lexicon_open(struct lexicon **out, const struct lexicon_options *opt, struct repo *repo,
		 const char *tree, struct strv *said, struct err *err)
	__attribute__((warn_unused_result));

/* What stands for a misspelling; all words are in small letters. */
struct correction {
	const char *text; /* "write", or several: "current, correct" */
	bool kernels;     /* the kernel's own list says so */
};

/* Whether the word is listed as misspelled. */
bool lexicon_correction(const struct lexicon *lex, const char *word, struct correction *out);

/* Whether there is a word list at all. */
bool lexicon_has_words(const struct lexicon *lex);

/* Whether the word list has it as it is. */
bool lexicon_has(const struct lexicon *lex, const char *word);

/* Whether the list has it, a word that it is a form of, or the words it is made of. */
bool lexicon_knows(const struct lexicon *lex, const char *word);

/* The one word of the list that is near (near.h), names aside; NULL: none or several. */
const char *lexicon_near(const struct lexicon *lex, const char *word);

void lexicon_close(struct lexicon *lex);

#endif

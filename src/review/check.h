/* SPDX-License-Identifier: GPL-2.0-only */
/* The checks of a review, one in its own file each; review.c has the table. */
#ifndef REVIEW_CHECK_H
#define REVIEW_CHECK_H

#include "review.h"

/* What the rules find and a patch introduces, which site it is, and what mends it. */
int check_findings(struct review *r, struct err *err);

/* Words in changelogs that the tree's or codespell's list has as misspelled. */
int check_spelling(struct review *r, struct err *err);

/* Words that no dictionary and no file knows, but near one of a dictionary. */
int check_words(struct review *r, struct err *err);

/* The rules' terms, written otherwise. */
int check_terms(struct review *r, struct err *err);
/* The code that replies propose: proposals, each with its own notes. */
int check_proposals(struct review *r, struct err *err);

#endif

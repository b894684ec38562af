/* SPDX-License-Identifier: GPL-2.0-only */
/* Runs of a source's code: its words, calls and brackets.  Comments are not code. */
#ifndef REVIEW_CODE_RUN_H
#define REVIEW_CODE_RUN_H

#include "base/text.h"
#include "engine/source.h"

/* Offsets into src->code, the second one behind the run. */
struct code_run {
	size_t from, to;
};

/* Take the next identifier off a run; it points into src->code. */
bool code_word(const struct source *src, struct code_run *rest, struct span *word);

/* What is between the bracket at or behind AT, blanks aside, and the one that closes it. */
bool code_brackets(const struct source *src, struct code_run within, size_t at, char open,
		   struct code_run *inside);

/* Whether a word, as code_word() gave it, is followed by its arguments, and which they are. */
bool code_call(const struct source *src, struct code_run within, struct span word,
	       struct code_run *args);

/* The first byte before a word that is no blank; 0 at the begin of the file. */
char code_before(const struct source *src, struct span word);

/* Whether one of the arguments of a call is just this. */
bool code_has_argument(const struct source *src, struct code_run args, struct span text);

/* How often the name is compared with something in the run, or switched on. */
size_t code_comparisons(const struct source *src, struct code_run run, struct span name);

/* Whether a comment stands anywhere between two offsets. */
bool code_has_comment(const struct source *src, struct code_run run);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Notes about lines of a changelog. */
#ifndef REVIEW_CHANGELOG_NOTE_H
#define REVIEW_CHANGELOG_NOTE_H

#include "prose.h"
#include "review.h"

/* Add a note about a line of patch I's changelog (0: the subject); takes over TEXT. */
struct note *changelog_note(struct review *r, size_t i, const char *check, enum severity severity,
			    int line, int column, char *text);

/* The same about a word, unless the patch has this note about an earlier one. */
void word_note(struct review *r, size_t i, const char *check, const struct prose_word *word,
	       char *text);

/* The line of the changelog of a trailer, the Nth of its name; 0 when it is not there. */
int trailer_line_of(const struct series_patch *patch, const char *name, const char *value);

#endif

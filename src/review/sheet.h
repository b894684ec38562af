/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A patch as a reviewer has it in front of them: its changelog and its diff
 * line by line, and under which line each note stands.  The mail's line numbers
 * may be other than the tree's, where the patch went in at another place: here
 * they are the tree's, as those of the notes are.
 */
#ifndef REVIEW_SHEET_H
#define REVIEW_SHEET_H

#include "base/text.h"
#include "diff/diff.h"
#include "engine/source.h"
#include "review.h"

enum sheet_kind {
	SHEET_CHANGELOG,
	SHEET_HEAD, /* of a file, or whatever else stands in the diff */
	SHEET_HUNK, /* "@@ ... @@" */
	SHEET_CODE,
};

struct sheet_line {
	enum sheet_kind kind;
	struct span text; /* the whole line, without its line feed */
	char mark;        /* of code: ' ', '+', '-', or '\' of "no newline at end of file" */
	int number;       /* of the changelog, from 1 */
	size_t file;      /* of the diff: index into its files */
	int old_line;     /* of code: in the tree before the patch; 0: not there */
	int new_line;     /* ... and after it */
};

enum sheet_side { SHEET_OLD, SHEET_NEW };

/* One side of a file, as the trees have it. */
struct sheet_source {
	bool there;
	struct blob blob;
	struct source source;
};

/* Free with sheet_release().  The series_patch must outlive it. */
struct sheet {
	const struct series_patch *patch;
	struct sheet_line *v;
	size_t n, cap;
	struct diff diff;                /* nothing when it is damaged */
	struct sheet_source (*sides)[2]; /* for each file of the diff, by sheet_side */
};

/*
 * The sheet of patch I of the lint.  What cannot be read of the trees is as if
 * the patch had not been applied: then the numbers are the diff's own.
 */
void sheet_init(struct sheet *sheet, const struct review *r, size_t i);

/* The sheet of any mail's text: its lines, all as those of a changelog. */
void sheet_init_text(struct sheet *sheet, const char *text);

void sheet_release(struct sheet *sheet);

/* A file of the diff as a tree has it; NULL when it is not there. */
const struct source *sheet_source(const struct sheet *sheet, size_t file, enum sheet_side side);

#define SHEET_TOP ((size_t)-1)

/* A note and its place. */
struct spot {
	const struct note *note;
	size_t line; /* index of the line that it stands under, or SHEET_TOP: above all */
	bool here;   /* it is about that line; else its place has to be named */
};

/* Where the notes on a patch stand, from top to bottom; the caller frees. */
struct spot *sheet_spots(const struct sheet *sheet, const struct notes *notes, size_t patch,
			 size_t *n);

/* The function that a note on code is in, "" when it is not known; valid while the sheet is. */
const char *sheet_function(const struct sheet *sheet, const struct note *note);

/*
 * Which bytes of a line of the changelog are words that notes are about: not 0
 * in an array as long as the line, which the caller frees; NULL when there are
 * none.
 */
char *sheet_marks(const struct sheet_line *line, const struct spot *spots, size_t n);

#endif

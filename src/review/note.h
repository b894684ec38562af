/* SPDX-License-Identifier: GPL-2.0-only */
/* Review notes: plain data that all writers share. */
#ifndef REVIEW_NOTE_H
#define REVIEW_NOTE_H

#include <stddef.h>

#include "base/strv.h"
#include "engine/finding.h"

/* What a note's line counts. */
enum note_side {
	NOTE_NEW,       /* the file after the patch */
	NOTE_OLD,       /* the file before it */
	NOTE_CHANGELOG, /* the changelog, the subject being line 0 */
};

const char *note_side_name(enum note_side side);

#define NOTE_SERIES ((size_t)-1) /* about the series, not one patch */

/* Strings are owned; those that do not apply are NULL. */
struct note {
	char *check;  /* who says it: "icr-split-write", "spelling", "checkpatch:LONG_LINE" */
	size_t patch; /* index into the series' patches, or NOTE_SERIES */
	char *path;   /* NULL: of the changelog or the patch as a whole */
	int line;     /* by side; from 1, 0: none, or the subject */
	int column;   /* from 1, 0: none; on the changelog's line of what it is about */
	enum note_side side;
	enum severity severity;
	char *text;        /* the remark, a few sentences, no line breaks */
	char *evidence;    /* the lines that it is about */
	char *diff;        /* a suggestion, unified */
	char *author;      /* somebody said it already in the thread: who, "Name <addr>" */
	char *remark_id;   /* ... and in which mail */
	char *own_text;    /* ... and what the check says itself */
	struct strv links; /* URLs */
};

struct notes {
	struct note *v;
	size_t n, cap;
};

/* Take over a note; the pointer is valid until the next one. */
struct note *notes_add(struct notes *notes, const struct note *note);

/*
 * The text for where it stands as prose: with a capital at its begin, unless it is
 * somebody else's or its first word is one of the evidence or no plain word.  The
 * caller frees it.
 */
char *note_sentence(const struct note *note);

/* By patch, then changelog before code, path, line, check, text; equal ones are dropped. */
void notes_sort(struct notes *notes);

void note_release(struct note *note);
void notes_release(struct notes *notes);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pieces of the page that review_html() makes.  Whatever comes from outside goes
 * through html_text().
 */
#ifndef REVIEW_HTML_H
#define REVIEW_HTML_H

#include "sheet.h"
#include "write.h"

/* The style of the page: light and dark, wide and narrow, screen and paper. */
extern const char html_style[];

/* Add foreign text: made visible (text_visible()) and escaped. */
void html_text(struct buf *out, const char *p, size_t n);
void html_string(struct buf *out, const char *s);

/* A line of code with its mark of a diff; NOTED: there is a note under it. */
void html_code_line(struct buf *out, char mark, int old_line, int new_line, struct span text,
		    bool noted);

/* A note; ID is its anchor.  With its place and lines unless it is HERE, under its line. */
void html_note(struct buf *out, const struct note *note, const char *id, const char *function,
	       bool here);

/* A patch with all that is about it. */
void html_patch(struct buf *out, const struct review *r, size_t patch);

/* The functions that a file of a patch changes, before and after it. */
void html_functions(struct buf *out, const struct sheet *sheet, size_t file);

/* What replies propose, and the notes on it. */
void html_proposals(struct buf *out, const struct review *r);

/* The anchor of a note of the review: "n12"; the caller frees it. */
char *html_note_id(const struct review *r, const struct note *note);

/* "applies", "does not apply"... */
const char *html_state(const struct lint_patch *p);

#endif

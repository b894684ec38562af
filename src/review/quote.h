/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A patch quoted as people do in a review: trimmed to what the notes are about,
 * each note under its line.
 */
#ifndef REVIEW_QUOTE_H
#define REVIEW_QUOTE_H

#include "sheet.h"

/*
 * Add what the notes on a patch quote of it.  Quoted lines are the mail's own
 * behind "> "; "> [...]" stands where something between two of them is left out,
 * but not for whole hunks and files, which the next header tells.  The links of
 * the notes are added to LINKS, each once, and stand in the text as [N].
 */
void quote_sheet(struct buf *out, const struct sheet *sheet, const struct spot *spots, size_t n,
		 struct strv *links);

/*
 * Add what the notes on the code that a mail proposes quote of it, each note under
 * the first line of its evidence.  False when there is none, and nothing is added.
 */
bool quote_proposals(struct buf *out, const struct review *r, const struct message *m,
		     struct strv *links);

/* Add a note by itself, with its place unless it is HERE and is about the lines above it. */
void quote_note(struct buf *out, const struct note *note, const char *function, bool here,
		struct strv *links);

/* Add "[N] URL" for each link, after a blank line. */
void quote_links(struct buf *out, const struct strv *links);

#endif

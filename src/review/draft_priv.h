/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files draft*.c share; nobody else includes it. */
#ifndef REVIEW_DRAFT_PRIV_H
#define REVIEW_DRAFT_PRIV_H

#include "draft.h"

/* How many notes a patch (or NOTE_SERIES) has: new ones, or those that were SAID already. */
size_t draft_count(const struct review *r, size_t patch, bool said);

/* ... and all patches together, of those that were said already. */
size_t draft_count_said(const struct review *r);

/* A note on no line, and the new ones on the series; a blank line after each. */
void draft_note(struct buf *body, const struct note *n, struct strv *links);
void draft_series_notes(struct buf *body, const struct review *r, struct strv *links);

/* The text of the summary. */
void draft_summary_text(struct buf *body, const struct review *r);

#endif

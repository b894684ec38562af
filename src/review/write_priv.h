/* SPDX-License-Identifier: GPL-2.0-only */
/* What the writers of one format have in common. */
#ifndef REVIEW_WRITE_PRIV_H
#define REVIEW_WRITE_PRIV_H

#include <jansson.h>

#include "write.h"

/* A note under its place. */
void review_text_note(const struct review_report *report, const struct note *n, struct buf *out);

/* A proposal with its notes. */
void review_text_proposal(const struct review_report *report, const struct proposal *p,
			  struct buf *out);

/* What became of an older revision; nothing where there is none. */
void review_text_revisions(const struct review_report *report, struct buf *out);

json_t *review_json_notes(const struct review *r, const struct notes *notes);
json_t *review_json_proposals(const struct review *r);
json_t *review_json_revisions(const struct review *r);

#endif

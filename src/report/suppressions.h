/* SPDX-License-Identifier: GPL-2.0-only */
/* What reports say of suppressions: what they took away, and which want a look themselves. */
#ifndef REPORT_SUPPRESSIONS_H
#define REPORT_SUPPRESSIONS_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "verdict/suppress.h"

/* A suppressed finding: as json_finding() has it, with reason and until. */
json_t *json_suppressed(const struct suppressed *s);

/* {"expired": [...], "unused": [...]}; S may be NULL. */
json_t *json_suppressions(const struct suppressions *s);

/*
 * What is to be said of an entry that has expired or is unused, in foreign
 * bytes: "FILE: suppressions[0]: ..."; the caller frees it.  NULL when nothing is.
 */
char *suppression_note(const struct suppression *entry);

/* The notes of all entries, each a line that begins with "warning: "; S may be NULL. */
void text_suppressions(struct buf *out, bool color, const struct suppressions *s);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* A series for people and for programs. */
#ifndef MAIL_SERIES_REPORT_H
#define MAIL_SERIES_REPORT_H

#include "base/buf.h"
#include "series.h"

/* What was written where; NULL: nothing. */
struct series_files {
	const char *mbox, *cover;
};

/* A table; no control or bidirectional characters come out. */
void series_text(const struct series *s, const struct series_files *files, struct buf *out);

/* One object in ASCII, see doc/pull.schema.json. */
void series_json(const struct series *s, const struct series_files *files, struct buf *out);

#endif

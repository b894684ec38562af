/* SPDX-License-Identifier: GPL-2.0-only */
/* What writes a review down. */
#ifndef REVIEW_WRITE_H
#define REVIEW_WRITE_H

#include <stdbool.h>

#include "base/buf.h"
#include "review.h"

struct review_report {
	const struct review *review;
	const char *spatch_version;
	bool color;
};

typedef void review_writer(const struct review_report *report, struct buf *out);

/* By patch, each note with the lines that it is about. */
review_writer review_text;
/* {"icrfix":1, ...}; schema in doc/review.schema.json. */
review_writer review_json;
/* One page that needs nothing else: the series, the notes beside the diff. */
review_writer review_html;

/* The writer of a format's name, NULL when there is none; names for --help. */
review_writer *review_find(const char *format);
#define REVIEW_FORMATS "text|json|html"

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Pieces of JSON reports that several writers share. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include <jansson.h>

#include "base/buf.h"
#include "base/strv.h"
#include "engine/finding.h"

/*
 * A string of foreign bytes: what is not UTF-8 becomes U+FFFD, since JSON can
 * hold nothing else.  NULL becomes null.
 */
json_t *json_text(const char *s);

/* An array of such strings. */
json_t *json_strings(const struct strv *sv);

/* A finding and an unseen place as doc/report.schema.json has them. */
json_t *json_finding(const struct finding *f);
json_t *json_unseen(const struct unseen *u);

/* {"name", "version", "spatch"} */
json_t *json_tool(const char *spatch_version);

/* Add it as indented text with a line break at the end, and drop the reference. */
void json_emit(json_t *root, struct buf *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Annotations of GitHub Actions: workflow commands, a line each, that the
 * runner reads from what a step prints.
 */
#ifndef REPORT_GITHUB_H
#define REPORT_GITHUB_H

#include "base/buf.h"
#include "engine/finding.h"

/* Add the annotation of a finding, with MESSAGE as its text, in as many lines as it has. */
void github_finding(struct buf *lines, const struct finding *f, const char *message);

/* The same for code that was not analysed: always a warning. */
void github_unseen(struct buf *lines, const struct unseen *u, const char *message);

/*
 * Add all LINES to OUT.  GitHub shows the first ten annotations of a kind of
 * each step: when there are more, a notice before them says how many.
 */
void github_emit(const struct buf *lines, struct buf *out);

#endif

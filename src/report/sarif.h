/* SPDX-License-Identifier: GPL-2.0-only */
/* Pieces of SARIF reports, for scan and lint. */
#ifndef REPORT_SARIF_H
#define REPORT_SARIF_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "engine/finding.h"
#include "engine/rule.h"
#include "verdict/suppress.h"

/* A run while it is filled, between sarif_begin() and sarif_end(). */
struct sarif_run {
	const struct rule *const *rules; /* not owned */
	size_t n_rules;
	json_t *results, *notes;
};

void sarif_begin(struct sarif_run *run, const struct rule *const *rules, size_t n);

/* Add a result; STATE is its baselineState, or NULL.  The reference is borrowed. */
json_t *sarif_result(struct sarif_run *run, const struct finding *f, const char *message,
		     const char *state);

/* Mark a result as set aside. */
void sarif_suppress(json_t *result, const struct suppression *by);

/* Add notifications: code that was not analysed, any text, and expired and unused suppressions. */
void sarif_unseen(struct sarif_run *run, const struct unseen *u, const char *level);
void sarif_note(struct sarif_run *run, const char *text);
void sarif_suppressions(struct sarif_run *run, const struct suppressions *s);

/* The run as JSON; RUN is empty after it. */
json_t *sarif_end(struct sarif_run *run, const char *id, bool success);

/* Write an array of runs, whose reference is taken. */
void sarif_emit(json_t *runs, struct buf *out);

#endif

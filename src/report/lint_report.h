/* SPDX-License-Identifier: GPL-2.0-only */
/* The report of a lint, and what writes it down.  Writers see only this. */
#ifndef REPORT_LINT_REPORT_H
#define REPORT_LINT_REPORT_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "verdict/lint.h"

struct lint_report {
	const struct lint *lint;
	const struct rule *const *rules; /* the ones that ran */
	size_t n_rules;
	const char *spatch_version;
	const struct suppressions *suppressions;
	enum severity fail_on; /* what counts for the exit status */
	bool color;
};

/* What a lint comes to. */
struct lint_counts {
	size_t introduced; /* not fixed later in the series, not suppressed */
	size_t suppressed;
	size_t failing;      /* of these, as severe as fail_on */
	size_t fixed;        /* not counting what the series introduced itself */
	size_t refused;      /* patches that do not apply, or were not tried */
	size_t missing;      /* patches without a mail */
	size_t not_analysed; /* places */
};

void lint_count(const struct lint_report *report, struct lint_counts *counts);

/* One line: what the numbers say. */
void lint_summary(const struct lint_report *report, struct buf *out);

/*
 * The whole message of an introduced finding, for formats that have one text:
 * the rule's, which site it is, the others, and what brings the helper.
 */
void lint_message(const struct lint_report *report, const struct judged *j, struct buf *out);

/* The rule of that id among those that ran, or NULL. */
const struct rule *lint_rule(const struct lint_report *report, const char *id);

/* The base of a series in JSON. */
json_t *json_base(const struct base *base);

/* Why a patch is not in the tree, "" when it is. */
void lint_patch_trouble(const struct lint_patch *p, struct buf *out);

/* "2/6, 3/6": earlier patches that the tree of a patch lacks; "" for none. */
void lint_patch_without(const struct lint *lint, size_t patch, struct buf *out);

/* The word of a state in JSON. */
const char *lint_state_name(enum lint_state state);

typedef void lint_writer(const struct lint_report *report, struct buf *out);

/* By patch; findings as in the report of scan. */
lint_writer lint_text;
/* {"icrfix":1, ...}; schema in doc/lint.schema.json. */
lint_writer lint_json;
/* SARIF 2.1.0: introduced is new, changed and moved are updated, fixed is absent. */
lint_writer lint_sarif;
/* Annotations of GitHub Actions, and GitLab's code quality: what is introduced. */
lint_writer lint_github;
lint_writer lint_gitlab;
/* What b4 reads from a check of its own: a list of results. */
lint_writer lint_b4;

/* The writer of a format's name, NULL when there is none; names for --help. */
lint_writer *lint_report_find(const char *format);
#define LINT_FORMATS "text|json|sarif|github|gitlab|b4"

#endif

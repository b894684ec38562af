/* SPDX-License-Identifier: GPL-2.0-only */
/* The report of a scan, and what writes it down.  Writers see only this. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdbool.h>

#include "base/buf.h"
#include "engine/engine.h"
#include "engine/finding.h"
#include "engine/rule.h"
#include "verdict/suppress.h"

/* What was scanned: a revision, or a directory. */
struct scan_target {
	char *name;           /* as the user named it; owned */
	char commit[OID_HEX]; /* "" for a directory */
	struct findings findings;
	struct suppressed_list suppressed; /* taken out of findings */
	struct findings known;             /* too: what the baseline has */
	struct engine_stats stats;
};

struct scan_report {
	const struct rule *const *rules; /* the ones that ran */
	size_t n_rules;
	struct scan_target *targets;
	size_t n_targets;
	const struct suppressions *suppressions; /* all that were read, or NULL */
	const char *baseline;                    /* as it was named, or NULL */
	const char *spatch_version;
	bool color;
};

typedef void scan_writer(const struct scan_report *report, struct buf *out);

/* path:line:column: severity: message [rule], and a matrix when there are several targets. */
scan_writer report_text;

/* {"icrfix":1, ...}; schema in doc/report.schema.json. */
scan_writer report_json;

/* SARIF 2.1.0; a run for each target. */
scan_writer report_sarif;

/* Annotations of GitHub Actions, and GitLab's code quality; see github.h and gitlab.h. */
scan_writer report_github, report_gitlab;

/* The writer of a format's name, NULL when there is none; names for --help. */
scan_writer *report_find(const char *format);
#define SCAN_FORMATS "text|json|sarif|github|gitlab"

/*
 * The message of a finding and of code that was not analysed, behind the
 * target's name when there are several.  The caller frees.
 */
char *report_message(const struct scan_report *report, const struct scan_target *target,
		     const struct finding *f);
char *report_unseen_message(const struct scan_report *report, const struct scan_target *target,
			    const struct unseen *u);

/* All findings, and all that was not analysed. */
size_t report_count(const struct scan_report *report, size_t *unseen);

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* Issues of GitLab's code quality report: one JSON array, [] when there are none. */
#ifndef REPORT_GITLAB_H
#define REPORT_GITLAB_H

#include <jansson.h>

#include "engine/finding.h"

/* The issue of a finding, with MESSAGE as its description; its fingerprint is the finding's. */
json_t *gitlab_finding(const struct finding *f, const char *message);

/*
 * The same for code that was not analysed, as a check of that name.  Its
 * fingerprint does not depend on the line.
 */
json_t *gitlab_unseen(const struct unseen *u, const char *message);

/* Make an issue another one than the same issue elsewhere, such as on another branch. */
void gitlab_tell_apart(json_t *issue, const char *where);

/*
 * Add an issue to the array; the reference is taken.  GitLab drops all but the
 * first of a fingerprint, so one that is there already becomes another,
 * depending only on how many came before.
 */
void gitlab_add(json_t *issues, json_t *issue);

#endif

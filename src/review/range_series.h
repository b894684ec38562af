/* SPDX-License-Identifier: GPL-2.0-only */
/* Commits as a series, so that the checks know only one thing. */
#ifndef REVIEW_RANGE_SERIES_H
#define REVIEW_RANGE_SERIES_H

#include "mail/series.h"
#include "tree/repo.h"
#include "verdict/lint.h"

/* The commits that LINT is about; free with series_release(). */
int range_series(struct repo *repo, const struct lint *lint, struct series *out, struct err *err)
	__attribute__((warn_unused_result));

#endif

/* SPDX-License-Identifier: GPL-2.0-only */
/* The checks of a review, one in its own file each; review.c has the table. */
#ifndef REVIEW_CHECK_H
#define REVIEW_CHECK_H

#include "review.h"

/* What the rules find and a patch introduces, which site it is, and what mends it. */
int check_findings(struct review *r, struct err *err);

#endif

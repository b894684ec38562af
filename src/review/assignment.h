/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REVIEW_ASSIGNMENT_H
#define REVIEW_ASSIGNMENT_H

#include <stddef.h>

/*
 * Give each of N rows a column of its own so that the sum of the costs is the
 * least there is (Kuhn and Munkres, in N^3 steps).  COST has N * N entries, row
 * by row, none negative.  The caller frees the result.
 */
size_t *assignment(const long *cost, size_t n);

#endif

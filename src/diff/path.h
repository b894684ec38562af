/* SPDX-License-Identifier: GPL-2.0-only */
/* File names as they stand in the header lines of diffs. */
#ifndef DIFF_PATH_H
#define DIFF_PATH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The name in a "--- " or "+++ " line (P is what follows the mark), in its
 * quoted form too, without its first component and without what follows a
 * TAB.  The caller frees it.  NULL for /dev/null.
 */
char *path_from_line(const char *p, size_t n);

/* The same for the names of "rename from" and the like, which have no prefix. */
char *path_from_header(const char *p, size_t n);

/*
 * Whether such a line ends in the time 0 (1970-01-01 00:00:00 +0000, in any
 * zone), by which diff -N tells that the file is not there.
 */
bool path_has_epoch(const char *p, size_t n);

/*
 * The name in "diff --git a/NAME b/NAME" (P is what follows the blank), where
 * both are equal; NULL when they differ or there is none.  The caller frees it.
 */
char *path_from_git_line(const char *p, size_t n);

#endif

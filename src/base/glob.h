/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Path globs of rules and branch names: '?' and '*' stay within one component,
 * '**' crosses '/', and as a whole component it also stands for none.
 * Everything else is literal.
 */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include <stdbool.h>

bool glob_match(const char *glob, const char *path);

/* Whether a name holds a glob character at all. */
bool glob_is(const char *name);

/*
 * Whether something below the directory DIR (no trailing '/', "" for the root)
 * could match, so that a walk may leave out what cannot.
 */
bool glob_may_match_below(const char *glob, const char *dir);

#endif

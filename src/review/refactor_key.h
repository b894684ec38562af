/* SPDX-License-Identifier: GPL-2.0-only */
/* What keeps a refactor's results apart in the store. */
#ifndef REVIEW_REFACTOR_KEY_H
#define REVIEW_REFACTOR_KEY_H

#include "engine/rule.h"
#include "engine/spatch.h"

/* All that the refactored file depends on: the blob, what is done to it, by which program. */
char *refactor_key(const struct spatch *spatch, const struct refactor *refactor, const char *blob);

#endif

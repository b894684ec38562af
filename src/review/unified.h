/* SPDX-License-Identifier: GPL-2.0-only */
/* Some of the changes between two texts as a unified diff. */
#ifndef REVIEW_UNIFIED_H
#define REVIEW_UNIFIED_H

#include "base/buf.h"
#include "engine/source.h"
#include "tree/repo_diff.h"

/* Add the diff of PATH that makes these changes, in order, and no others. */
void unified_add(struct buf *out, const char *path, const struct source *old,
		 const struct source *new, const struct line_change *changes, size_t n);

#endif

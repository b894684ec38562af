/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files that went were renamed to which that came, as git finds it out
 * without -B and -C: the same blob; then the only two of one name (without
 * directories) that are 75 % alike; then the pairs that are most alike, 50 % at
 * least.  Alike is what the new file has of the old one's lines, in bytes of the
 * larger one.  Empty files are never renamed.
 */
#ifndef TREE_APPLY_RENAME_H
#define TREE_APPLY_RENAME_H

#include "repo.h"

struct rename_file {
	const char *path;
	unsigned int mode;
	char blob[OID_HEX];
	struct rename_file *other; /* found: what it was, or what it became; NULL */
	size_t size;               /* for rename_find() */
};

struct rename_files {
	struct rename_file *v;
	size_t n, cap;
};

/* Find what of FROM was renamed to what of TO; both in the order of git's trees. */
int rename_find(struct repo *repo, struct rename_files *from, struct rename_files *to,
		struct err *err) __attribute__((warn_unused_result));

#endif

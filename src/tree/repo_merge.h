/* SPDX-License-Identifier: GPL-2.0-only */
/* What a 3-way merge wants of a repository: blobs by shortened ids, and merged blobs. */
#ifndef TREE_REPO_MERGE_H
#define TREE_REPO_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "repo.h"

/*
 * The blob whose id begins with HEX (4 digits at least): 0; 1 when there is
 * none; 2 when there are several.  Other objects do not count.
 */
int repo_find_blob(struct repo *repo, const char *hex, char out[OID_HEX], struct err *err)
	__attribute__((warn_unused_result));

/* The size of a blob, without reading it. */
int repo_blob_size(struct repo *repo, const char *blob, size_t *size, struct err *err)
	__attribute__((warn_unused_result));

/*
 * Merge the changes from blob BASE (NULL: nothing) to OURS and to THEIRS line
 * by line, and write the result: 0; 1 when they do not go together, or one is
 * binary or larger than MAX bytes.
 */
int repo_merge_blobs(struct repo *repo, const char *base, const char *ours, const char *theirs,
		     size_t max, char out[OID_HEX], struct err *err)
	__attribute__((warn_unused_result));

#endif

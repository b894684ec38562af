// SPDX-License-Identifier: GPL-2.0-only
#include "apply.h"

#include <stdlib.h>
#include <string.h>

#include "apply_merge.h"
#include "apply_patch.h"
#include "base/mem.h"

/* After a refusal. */
static int try_merge(struct repo *repo, const char *tree, const struct diff *diff,
		     struct applied *out, struct err *err)
{
	struct applied merged = APPLIED_INIT;
	char *why = NULL, *reason;
	int rc = merge_apply(repo, tree, diff, &merged, &why, err);

	if (!rc) {
		applied_release(out);
		*out = merged;
	} else if (rc > 0) {
		reason = xasprintf("%s; 3-way: %s", out->reason, why);
		free(out->reason);
		out->reason = reason;
	}
	free(why);
	return rc;
}

int apply_diff(struct repo *repo, const char *tree, const struct diff *diff, bool merge,
	       struct applied *out, struct err *err)
{
	int rc;

	*out = (struct applied)APPLIED_INIT;
	rc = patch_check(diff, out);
	if (!rc) {
		rc = patch_apply(repo, tree, diff, out, err);
		if (rc > 0 && merge)
			rc = try_merge(repo, tree, diff, out, err);
	}
	if (rc)
		memcpy(out->tree, tree, OID_HEX);
	return rc;
}

void applied_release(struct applied *a)
{
	free(a->path);
	free(a->reason);
	*a = (struct applied)APPLIED_INIT;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "apply.h"

#include <stdlib.h>
#include <string.h>

#include "apply_patch.h"

int apply_diff(struct repo *repo, const char *tree, const struct diff *diff, bool merge,
	       struct applied *out, struct err *err)
{
	*out = (struct applied)APPLIED_INIT;
	memcpy(out->tree, tree, OID_HEX);
	(void)merge;
	if (patch_check(diff, out))
		return 1;
	return patch_apply(repo, tree, diff, out, err);
}

void applied_release(struct applied *a)
{
	free(a->path);
	free(a->reason);
	*a = (struct applied)APPLIED_INIT;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"
#include "revision.h"

int check_revisions(struct review *r, struct err *err)
{
	const struct thread *thread = r->options->fresh ? NULL : r->older_thread;

	if (!r->older)
		return 0;
	return revisions_compare(r->older, thread, r->series, &r->revisions, err);
}

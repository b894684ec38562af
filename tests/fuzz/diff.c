// SPDX-License-Identifier: GPL-2.0-only
#include "diff/diff.h"

#include <stdlib.h>

#include "fuzz.h"

static void look_at(const struct diff *d, const char *p, size_t n)
{
	for (size_t i = 0; i < d->n; i++) {
		for (size_t k = 0; k < d->files[i].n_hunks; k++) {
			const struct diff_hunk *h = &d->files[i].hunks[k];
			unsigned long old = 0, new = 0;
			struct diff_line line;
			size_t pos = 0;

			while (diff_hunk_next(h, &pos, &line)) {
				old += line.kind != '+';
				new += line.kind != '-';
			}
			if (old != h->old_count || new != h->new_count || h->text < p ||
			    h->text + h->len > p + n)
				abort();
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *p = (const char *)data;
	struct diff d = DIFF_INIT;
	struct err err = ERR_INIT;
	size_t from = 0;

	if (!diff_parse(&d, p, size, &err)) {
		look_at(&d, p, size);
		(void)!diff_check_paths(&d, &err);
	}
	diff_release(&d);
	while (from < size && diff_next(&d, p, size, from, &err)) {
		if (d.end <= from)
			abort();
		from = d.end;
		diff_release(&d);
	}
	diff_release(&d);
	err_release(&err);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "patch_line.h"

#include <string.h>

/* Whether the hunk's lines of one side stand at the start of a text. */
static bool stands_at(const struct diff_hunk *hunk, struct span text)
{
	struct diff_line want;
	struct span have;
	size_t pos = 0;

	while (diff_hunk_next(hunk, &pos, &want)) {
		if (want.kind == '-')
			continue;
		if (!text_line(&text, &have) || have.n != want.n || memcmp(have.p, want.p, want.n))
			return false;
	}
	return true;
}

/* The line at which the hunk's new side stands in a text, the nearest to where it says; or 0. */
static unsigned long find_hunk(const struct diff_hunk *hunk, struct span text)
{
	unsigned long best = 0, best_off = 0, number = 1;
	struct span line;

	for (struct span at = text; at.n; number++) {
		unsigned long off = number > hunk->new_start ? number - hunk->new_start
							     : hunk->new_start - number;

		if ((!best || off < best_off) && stands_at(hunk, at)) {
			best = number;
			best_off = off;
		}
		if (best && !best_off)
			break;
		text_line(&at, &line);
	}
	return best;
}

/* How many lines further down than it says the tree has the hunk. */
static int hunk_offset(const struct review *r, size_t i, const struct diff_file *file,
		       const struct diff_hunk *hunk, long *offset, struct err *err)
{
	unsigned long at;
	struct blob blob;
	char id[OID_HEX];
	int rc;

	*offset = 0;
	if (!review_applied(r, i) || !file->new_path)
		return 0;
	rc = repo_find(r->repo, r->lint->patches[i].tree, file->new_path, id, err);
	if (rc)
		return rc < 0 ? -1 : 0;
	if (repo_read_blob(r->repo, id, file->new_path, &blob, err))
		return -1;
	at = find_hunk(hunk, (struct span){ blob.p, blob.len });
	if (at)
		*offset = (long)at - (long)hunk->new_start;
	blob_release(&blob);
	return 0;
}

/* The file, and the hunk if there is one, that line N stands in. */
static const struct diff_file *file_at(const struct diff *diff, size_t n,
				       const struct diff_hunk **hunk)
{
	const struct diff_file *found = NULL;

	*hunk = NULL;
	for (size_t i = 0; i < diff->n && diff->files[i].line <= n; i++)
		found = &diff->files[i];
	for (size_t i = 0; found && i < found->n_hunks && found->hunks[i].line < n; i++)
		*hunk = &found->hunks[i];
	return found;
}

static int in_hunk(const struct review *r, size_t i, const struct diff_hunk *hunk, size_t n,
		   struct patch_line *out, struct err *err)
{
	unsigned long old = hunk->old_start, new = hunk->new_start;
	size_t pos = 0, number = hunk->line;
	struct diff_line line;
	long offset;

	while (diff_hunk_next(hunk, &pos, &line)) {
		if (++number == n) {
			if (hunk_offset(r, i, out->file, hunk, &offset, err))
				return -1;
			out->side = line.kind == '-' ? NOTE_OLD : NOTE_NEW;
			out->line = line.kind == '-' ? (int)old : (int)((long)new + offset);
			out->text = (struct span){ line.p, line.n };
			return 0;
		}
		number += line.no_eol;
		old += line.kind != '+';
		new += line.kind != '-';
	}
	return 0;
}

int patch_line(const struct review *r, size_t i, const struct diff *diff, size_t n,
	       struct patch_line *out, struct err *err)
{
	const struct diff_hunk *hunk;

	*out = (struct patch_line){ .side = NOTE_NEW, .text = { "", 0 } };
	out->file = file_at(diff, n, &hunk);
	return hunk ? in_hunk(r, i, hunk, n, out, err) : 0;
}

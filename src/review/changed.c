// SPDX-License-Identifier: GPL-2.0-only
#include "changed.h"

#include <stdlib.h>

#include "engine/engine.h"

struct show {
	int (*show)(void *ctx, const struct changed_file *file, struct err *err);
	void *ctx;
};

static int show_texts(const struct show *show, const char *path, const struct blob *old,
		      const struct blob *new, struct err *err)
{
	struct changed_file file = { .path = path };
	int rc = text_changes(old->p ? old->p : "", old->len, new->p, new->len, &file.changes,
			      &file.n_changes, err);

	if (rc)
		return -1;
	source_init(&file.old, old->p ? old->p : "", old->len);
	source_init(&file.new, new->p, new->len);
	rc = show->show(show->ctx, &file, err);
	source_release(&file.old);
	source_release(&file.new);
	free(file.changes);
	return rc;
}

static int show_file(struct review *r, const struct show *show, const struct file_change *c,
		     struct err *err)
{
	struct blob old = { .p = NULL }, new;
	int rc;

	if (!c->new_path || !engine_is_c(c->new_path))
		return 0;
	if (repo_read_blob(r->repo, c->new_blob, c->new_path, &new, err))
		return -1;
	rc = c->old_path ? repo_read_blob(r->repo, c->old_blob, c->old_path, &old, err) : 0;
	if (!rc) {
		rc = show_texts(show, c->new_path, &old, &new, err);
		blob_release(&old);
	}
	blob_release(&new);
	return rc;
}

int changed_files(struct review *r, size_t i,
		  int (*show)(void *ctx, const struct changed_file *file, struct err *err),
		  void *ctx, struct err *err)
{
	const struct lint_patch *p = &r->lint->patches[i];
	struct file_changes changes = { NULL, 0, 0 };
	struct show to = { show, ctx };
	int rc = 0;

	if (!review_applied(r, i) || !*p->before)
		return 0;
	if (repo_changes(r->repo, p->before, p->tree, &changes, err))
		return -1;
	for (size_t k = 0; !rc && k < changes.n; k++)
		rc = show_file(r, &to, &changes.v[k], err);
	file_changes_release(&changes);
	return rc;
}

bool changed_adds(const struct changed_file *file, int line)
{
	for (size_t i = 0; i < file->n_changes; i++) {
		const struct line_change *c = &file->changes[i];

		if (line >= c->new_line && line < c->new_line + c->new_count)
			return true;
	}
	return false;
}

// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "proposal.h"
#include "refactor/refactor.h"
#include "refactor_key.h"

/* The one regular file that the proposal changes, or NULL. */
static const struct file_change *only_change(const struct file_changes *changes)
{
	const struct file_change *c = changes->n == 1 ? &changes->v[0] : NULL;

	return c && c->old_path && c->new_path && !strcmp(c->old_path, c->new_path) ? c : NULL;
}

/* Nothing that a refactor mends is mended: no need to run it. */
static bool may_equal(const struct refactor *refactor, const struct proposal *p, const char *path)
{
	if (!strv_has(&refactor->files, path))
		return false;
	for (size_t i = 0; i < p->fixes.n; i++)
		if (strv_has(&refactor->mends, p->fixes.v[i].rule))
			return true;
	return false;
}

/* The blob that a refactor makes of a file, "" for none. */
static int run(struct review *r, const struct refactor *refactor, const struct file_change *c,
	       char out[OID_HEX], struct err *err)
{
	struct refactored result;
	struct blob old;
	int rc;

	*out = '\0';
	if (repo_read_blob(r->repo, c->old_blob, c->old_path, &old, err))
		return -1;
	rc = refactor_apply(r->engine->spatch, refactor, c->old_path, old.p, old.len, &result, err);
	if (!rc && result.state == REFACTOR_CHANGED)
		blob_id(result.text, result.len, out);
	if (!rc)
		refactored_release(&result);
	blob_release(&old);
	return rc;
}

static int cached_run(struct review *r, const struct refactor *refactor,
		      const struct file_change *c, char out[OID_HEX], struct err *err)
{
	char *key = refactor_key(r->engine->spatch, refactor, c->old_blob);
	struct store *store = r->engine->store;
	struct buf value = BUF_INIT;
	int rc = 0;

	if (store && store_get(store, "refactored", key, &value) == 1 && value.len == OID_HEX - 1) {
		memcpy(out, value.p, OID_HEX);
	} else {
		rc = run(r, refactor, c, out, err);
		if (!rc && store && *out)
			store_put(store, "refactored", key, out, strlen(out));
	}
	buf_release(&value);
	free(key);
	return rc;
}

int proposal_compare(struct review *r, struct proposal *p, const struct put *put, struct err *err)
{
	const struct file_change *c = only_change(put_changes(put));
	int rc = 0;

	for (size_t i = 0; c && !rc && !p->equals && i < r->pack->n_refactors; i++) {
		const struct refactor *refactor = &r->pack->refactors[i];
		char blob[OID_HEX];

		if (!may_equal(refactor, p, c->new_path))
			continue;
		rc = cached_run(r, refactor, c, blob, err);
		if (!rc && !strcmp(blob, c->new_blob))
			p->equals = xstrdup(refactor->id);
	}
	return rc;
}

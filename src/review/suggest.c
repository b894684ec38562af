// SPDX-License-Identifier: GPL-2.0-only
#include "suggest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/cached.h"
#include "refactor/refactor.h"
#include "refactor_key.h"
#include "unified.h"

/* A refactor on the file of a finding. */
struct work {
	struct review *r;
	const struct refactor *refactor;
	const struct finding *f;
	struct blob blob;
	struct refactored result;
};

static bool converts(const struct work *w)
{
	for (size_t i = 0; w->result.state == REFACTOR_CHANGED && i < w->result.n_sites; i++) {
		const struct site *s = &w->result.sites[i];

		if (!strcmp(s->function, w->f->function) && w->f->line >= s->line &&
		    w->f->line <= s->end_line)
			return true;
	}
	return false;
}

static int verify(const struct work *w, bool *good, struct err *err)
{
	const struct engine *engine = w->r->engine;
	struct findings before = { NULL, 0, 0, NULL, 0, 0 };
	char *why = NULL;
	int rc = engine_scan_text(engine, w->f->path, w->blob.p, w->blob.len, &before, err);

	if (rc)
		return -1;
	rc = refactor_verify(engine, w->refactor, w->f->path, &before, &w->result, &why, err);
	*good = rc == 0;
	free(why);
	findings_release(&before);
	return rc < 0 ? -1 : 0;
}

/* Whether a change adds one of the refactor's helpers. */
static bool adds_helper(const struct work *w, const struct source *new, const struct line_change *c)
{
	for (size_t i = 0; i < w->refactor->n_helpers; i++) {
		const struct function *fn = source_function(new, w->refactor->helpers[i].name);

		if (fn && fn->line >= c->new_line && fn->line < c->new_line + c->new_count)
			return true;
	}
	return false;
}

static char *diff_of(const struct work *w, const struct source *old, const struct source *new,
		     struct line_change *changes, size_t n)
{
	const struct function *fn = source_function_at(old, w->f->line);
	struct buf out = BUF_INIT;
	size_t kept = 0;

	for (size_t i = 0; fn && i < n; i++)
		if (adds_helper(w, new, &changes[i]) ||
		    (changes[i].old_line >= fn->line && changes[i].old_line <= fn->end_line))
			changes[kept++] = changes[i];
	unified_add(&out, w->f->path, old, new, changes, kept);
	return out.len ? buf_detach(&out) : NULL;
}

static int make_diff(const struct work *w, char **diff, struct err *err)
{
	struct line_change *changes;
	struct source old, new;
	size_t n;

	if (text_changes(w->blob.p, w->blob.len, w->result.text, w->result.len, &changes, &n, err))
		return -1;
	source_init(&old, w->blob.p, w->blob.len);
	source_init(&new, w->result.text, w->result.len);
	*diff = diff_of(w, &old, &new, changes, n);
	source_release(&old);
	source_release(&new);
	free(changes);
	return 0;
}

static int run(struct work *w, const char *blob, char **diff, struct err *err)
{
	const struct finding *f = w->f;
	bool good = false;
	int rc;

	if (repo_read_blob(w->r->repo, blob, f->path, &w->blob, err))
		return -1;
	rc = refactor_apply(w->r->engine->spatch, w->refactor, f->path, w->blob.p, w->blob.len,
			    &w->result, err);
	if (!rc) {
		if (converts(w))
			rc = verify(w, &good, err);
		if (!rc && good)
			rc = make_diff(w, diff, err);
		refactored_release(&w->result);
	}
	blob_release(&w->blob);
	return rc;
}

/* Of the rules, only those that have a say in verifying it. */
static char *key_of(const struct work *w, const char *blob)
{
	char *file = refactor_key(w->r->engine->spatch, w->refactor, blob), *key;
	struct buf rules = BUF_INIT;
	char id[OID_HEX];

	for (size_t i = 0; i < w->r->engine->n_rules; i++)
		buf_addf(&rules, "%s\n", w->r->engine->rules[i]->digest);
	for (size_t i = 0; i < w->refactor->verify_gone.n; i++)
		buf_addf(&rules, "%s\n", w->refactor->verify_gone.v[i]);
	buf_addf(&rules, "%d %s %s %d", w->refactor->verify_no_new, w->f->path, w->f->function,
		 w->f->line);
	blob_id(rules.p, rules.len, id);
	key = xasprintf("%s %s %d", file, id, ENGINE_VERSION);
	buf_release(&rules);
	free(file);
	return key;
}

static int cached_run(struct work *w, const char *blob, char **diff, struct err *err)
{
	struct store *store = w->r->engine->store;
	struct buf value = BUF_INIT;
	char *key = key_of(w, blob);
	int rc = 0;

	/* What is kept has a mark before it, so that there being none can be kept too. */
	if (store && store_get(store, "suggested", key, &value) == 1 && value.len) {
		*diff = value.len > 1 ? xstrndup(value.p + 1, value.len - 1) : NULL;
	} else {
		rc = run(w, blob, diff, err);
		buf_clear(&value);
		buf_addf(&value, "=%s", *diff ? *diff : "");
		if (!rc && store)
			store_put(store, "suggested", key, value.p, value.len);
	}
	buf_release(&value);
	free(key);
	return rc;
}

int suggest_diff(struct review *r, size_t i, const struct rule *rule, const struct finding *f,
		 char **diff, struct err *err)
{
	struct work w = { .r = r, .f = f };
	char blob[OID_HEX];
	int rc;

	*diff = NULL;
	w.refactor = rule->refactor ? pack_refactor(r->pack, rule->refactor) : NULL;
	if (!w.refactor || !strv_has(&w.refactor->files, f->path))
		return 0;
	rc = repo_find(r->repo, r->lint->patches[i].tree, f->path, blob, err);
	if (rc)
		return rc < 0 ? -1 : 0;
	return cached_run(&w, blob, diff, err);
}

// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "proposal.h"

/*
 * Add what a proposal changes, under names of its own beside the files that are
 * meant: a snapshot has one file of a name, and results are kept by blob.
 */
static void add_files(const struct put *put, size_t index, struct snapshot *snap)
{
	for (size_t i = 0; i < put->changes.n; i++) {
		const char *path = put->changes.v[i].new_path, *slash;
		char *name;

		if (!path || !engine_is_c(path))
			continue;
		slash = strrchr(path, '/');
		slash = slash ? slash + 1 : path;
		name = xasprintf("%.*sproposal-%zu-%s", (int)(slash - path), path, index, slash);
		snapshot_add(snap, name, put->changes.v[i].new_blob);
		free(name);
	}
}

int proposals_scan(struct review *r, const struct put *puts, size_t n, struct err *err)
{
	const struct rule **rules = xcalloc(r->engine->n_rules, sizeof(*rules));
	struct findings found = { NULL, 0, 0, NULL, 0, 0 };
	struct revision rev = { .time = 0 };
	struct engine engine = *r->engine;
	struct snapshot snap;
	int rc = 0;

	engine.rules = rules;
	engine.n_rules = 0;
	for (size_t i = 0; i < r->engine->n_rules; i++)
		if (!r->engine->rules[i]->consults.n)
			rules[engine.n_rules++] = r->engine->rules[i];
	memcpy(rev.tree, r->lint->base.rev.tree, OID_HEX);
	snapshot_init_rev(&snap, r->repo, "proposals", &rev);
	for (size_t i = 0; i < n; i++)
		add_files(&puts[i], i, &snap);
	if (snap.n && engine.n_rules)
		rc = engine_scan_files(&engine, &snap, &found, err);
	findings_release(&found);
	snapshot_release(&snap);
	free(rules);
	return rc;
}

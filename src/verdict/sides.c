// SPDX-License-Identifier: GPL-2.0-only
#include "sides.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool under_rules(const struct engine *e, const char *path)
{
	for (size_t i = 0; path && engine_is_c(path) && i < e->n_rules; i++)
		if (e->all_paths || rule_wants_path(e->rules[i], path))
			return true;
	return false;
}

const char *change_path(const struct file_change *c)
{
	return c->new_path ? c->new_path : c->old_path;
}

static const struct file_change *find_change(const struct side *side, const char *path)
{
	for (size_t i = 0; i < side->changes.n; i++)
		if (!strcmp(change_path(&side->changes.v[i]), path))
			return &side->changes.v[i];
	return NULL;
}

bool sides_in_all(const struct sides *s, const struct file_change *c)
{
	for (size_t i = 0; i < s->n; i++)
		if (!find_change(&s->v[i], change_path(c)))
			return false;
	return true;
}

/* Whether the change touches a file that the rule consults. */
static bool touches_consulted(const struct sides *s, const struct rule *rule)
{
	for (size_t k = 0; k < s->n; k++)
		for (size_t i = 0; i < s->v[k].changes.n; i++) {
			const struct file_change *c = &s->v[k].changes.v[i];

			if ((c->old_path && strv_has(&rule->consults, c->old_path)) ||
			    (c->new_path && strv_has(&rule->consults, c->new_path)))
				return true;
		}
	return false;
}

static void open_tree(const struct sides *s, const char *tree, struct snapshot *snap)
{
	struct revision rev = { .time = 0 };

	memcpy(rev.tree, tree, OID_HEX);
	snapshot_init_rev(snap, s->of->repo, s->rev ? s->rev : tree, &rev);
}

static int consulted_key(const struct sides *s, const struct rule *rule, const char *tree,
			 char **key, struct err *err)
{
	struct snapshot snap;
	int rc = 0;

	*key = NULL;
	if (!strcmp(tree, REPO_EMPTY_TREE))
		return 0;
	open_tree(s, tree, &snap);
	rc = engine_consulted(s->of->engine, rule, &snap, key, err);
	snapshot_release(&snap);
	return rc;
}

/*
 * Whether what a rule consults is another after the change, so that its answer
 * for any file may be: 1, 0, or -1.
 */
static int consults_other(const struct sides *s, const struct rule *rule, struct err *err)
{
	char *after, *before;
	int rc;

	if (!touches_consulted(s, rule))
		return 0;
	rc = consulted_key(s, rule, s->tree, &after, err);
	for (size_t i = 0; !rc && i < s->n; i++) {
		rc = consulted_key(s, rule, s->v[i].tree, &before, err);
		if (!rc)
			rc = !before || strcmp(before, after) != 0;
		free(before);
	}
	free(after);
	return rc;
}

/* The files that changed, with the rules for which they are all that counts. */
static int scan_changed(const struct sides *s, const struct engine *engine, const char *tree,
			const struct side *side, struct findings *out, struct err *err)
{
	bool old = tree != s->tree;
	struct snapshot snap;
	int rc = 0;

	open_tree(s, tree, &snap);
	for (size_t i = 0; i < side->changes.n; i++) {
		const struct file_change *c = &side->changes.v[i];
		const char *path = old ? c->old_path : c->new_path;

		if (under_rules(engine, path) && sides_in_all(s, c))
			snapshot_add(&snap, path, old ? c->old_blob : c->new_blob);
	}
	if (snap.n)
		rc = engine_scan_files(engine, &snap, out, err);
	snapshot_release(&snap);
	return rc;
}

int sides_scan_tree(const struct sides *s, const struct engine *engine, const char *tree,
		    struct findings *out, struct err *err)
{
	struct findings found = { NULL, 0, 0, NULL, 0, 0 };
	struct engine_stats stats;
	struct snapshot snap;
	int rc;

	open_tree(s, tree, &snap);
	rc = engine_scan(engine, &snap, &found, &stats, err);
	snapshot_release(&snap);
	if (rc)
		return -1;
	findings_move(out, &found);
	findings_finish(out);
	return 0;
}

/* What one tree has, before the change or after it. */
static int scan_side(const struct sides *s, const char *tree, const struct side *side,
		     struct findings *out, struct err *err)
{
	const struct engine *e = s->of->engine;
	const struct rule **rules = xcalloc(e->n_rules, sizeof(*rules));
	struct engine part = *e;
	int rc = 0;

	part.rules = rules;
	for (int other = 0; !rc && other < 2; other++) {
		part.n_rules = 0;
		for (size_t i = 0; i < e->n_rules; i++)
			if (s->other[i] == other)
				rules[part.n_rules++] = e->rules[i];
		if (part.n_rules && !other)
			rc = scan_changed(s, &part, tree, side, out, err);
		else if (part.n_rules && strcmp(tree, REPO_EMPTY_TREE) != 0)
			rc = sides_scan_tree(s, &part, tree, out, err);
	}
	free(rules);
	return rc;
}

static void find_renames(struct side *side)
{
	side->renames = xcalloc(side->changes.n, sizeof(*side->renames));
	for (size_t i = 0; i < side->changes.n; i++) {
		const struct file_change *c = &side->changes.v[i];

		if (c->old_path && c->new_path && strcmp(c->old_path, c->new_path) != 0)
			side->renames[side->n_renames++] =
				(struct renamed){ c->old_path, c->new_path };
	}
}

int sides_open(struct sides *s, const struct sides_of *of, const struct strv *before,
	       const char *after, const char *rev, struct err *err)
{
	*s = (struct sides){ .of = of, .v = xcalloc(before->n, sizeof(*s->v)), .n = before->n };
	snprintf(s->tree, sizeof(s->tree), "%s", after);
	s->rev = rev ? xstrdup(rev) : NULL;
	for (size_t i = 0; i < s->n; i++) {
		snprintf(s->v[i].tree, sizeof(s->v[i].tree), "%s", before->v[i]);
		if (repo_changes(of->repo, s->v[i].tree, s->tree, &s->v[i].changes, err))
			return -1;
		find_renames(&s->v[i]);
	}
	s->other = xcalloc(of->engine->n_rules, sizeof(*s->other));
	for (size_t i = 0; i < of->engine->n_rules; i++) {
		s->other[i] = consults_other(s, of->engine->rules[i], err);
		if (s->other[i] < 0)
			return -1;
	}
	return 0;
}

int sides_scan(struct sides *s, struct err *err)
{
	if (scan_side(s, s->tree, &s->v[0], &s->after, err))
		return -1;
	for (size_t i = 0; i < s->n; i++) {
		if (scan_side(s, s->v[i].tree, &s->v[i], &s->v[i].found, err))
			return -1;
		verdict_pair(&s->v[i].found, &s->after, s->v[i].renames, s->v[i].n_renames,
			     &s->v[i].verdicts);
	}
	return 0;
}

/* What changed on one side of a change, old and new. */
static void add_states(const struct sides *s, const struct side *side, const struct engine *engine,
		       struct snapshot *snap)
{
	for (size_t i = 0; i < side->changes.n; i++) {
		const struct file_change *c = &side->changes.v[i];

		if (!sides_in_all(s, c))
			continue;
		if (under_rules(engine, c->old_path))
			snapshot_add(snap, c->old_path, c->old_blob);
		if (under_rules(engine, c->new_path))
			snapshot_add(snap, c->new_path, c->new_blob);
	}
}

/* Rules whose answer for a file is the same in all of these trees. */
static size_t steady_rules(const struct sides *v, size_t n, const struct rule **rules)
{
	const struct engine *e = v->of->engine;
	size_t steady = 0;

	for (size_t i = 0; i < e->n_rules; i++) {
		bool other = false;

		for (size_t k = 0; k < n; k++)
			other |= v[k].other[i] != 0;
		if (!other)
			rules[steady++] = e->rules[i];
	}
	return steady;
}

int sides_prefetch(const struct sides *v, size_t n, struct err *err)
{
	const struct engine *e = n ? v->of->engine : NULL;
	const struct rule **rules = n ? xcalloc(e->n_rules, sizeof(*rules)) : NULL;
	struct findings found = { NULL, 0, 0, NULL, 0, 0 };
	struct engine part;
	struct snapshot snap;
	int rc = 0;

	if (!n)
		return 0;
	part = *e;
	part.rules = rules;
	part.n_rules = steady_rules(v, n, rules);
	open_tree(v, v->tree, &snap);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n; k++)
			add_states(&v[i], &v[i].v[k], &part, &snap);
	if (snap.n && part.n_rules)
		rc = engine_scan_files(&part, &snap, &found, err);
	findings_release(&found);
	snapshot_release(&snap);
	free(rules);
	return rc;
}

bool sides_under_rules(const struct sides *s, const struct file_change *c)
{
	return under_rules(s->of->engine, c->old_path) || under_rules(s->of->engine, c->new_path);
}

void sides_release(struct sides *s)
{
	for (size_t i = 0; i < s->n; i++) {
		file_changes_release(&s->v[i].changes);
		findings_release(&s->v[i].found);
		verdicts_release(&s->v[i].verdicts);
		free(s->v[i].renames);
	}
	free(s->v);
	free(s->rev);
	free(s->other);
	findings_release(&s->after);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "step.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tree/repo_diff.h"

/* The change as seen from one of the trees before. */
struct side {
	const char *tree;
	struct file_changes changes;
	struct findings found; /* before the change */
	struct renamed *renames;
	size_t n_renames;
	struct verdicts verdicts;
};

struct sides {
	struct side *v;
	size_t n;
	struct findings after;
};

static bool under_rules(const struct engine *e, const char *path)
{
	for (size_t i = 0; path && engine_is_c(path) && i < e->n_rules; i++)
		if (e->all_paths || rule_wants_path(e->rules[i], path))
			return true;
	return false;
}

static const char *change_path(const struct file_change *c)
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

/* A merge's own changes are those that no parent has. */
static bool in_all(const struct sides *s, const struct file_change *c)
{
	for (size_t i = 0; i < s->n; i++)
		if (!find_change(&s->v[i], change_path(c)))
			return false;
	return true;
}

/* Whether the change touches a file that the rule consults. */
static bool asks_changed(const struct sides *s, const struct rule *rule)
{
	for (size_t i = 0; i < rule->consults.n; i++)
		for (size_t k = 0; k < s->n; k++)
			for (size_t c = 0; c < s->v[k].changes.n; c++) {
				const struct file_change *change = &s->v[k].changes.v[c];
				const char *path = rule->consults.v[i];

				if ((change->old_path && !strcmp(change->old_path, path)) ||
				    (change->new_path && !strcmp(change->new_path, path)))
					return true;
			}
	return false;
}

static void open_tree(const struct step *step, const char *tree, struct snapshot *snap)
{
	struct revision rev = { .time = 0 };

	memcpy(rev.tree, tree, OID_HEX);
	snapshot_init_rev(snap, step->repo, step->rev ? step->rev : tree, &rev);
}

/* The files that changed, with the rules for which they are all that counts. */
static int scan_changed(const struct step *step, const struct engine *engine, const char *tree,
			const struct sides *s, const struct side *side, struct findings *out,
			struct err *err)
{
	bool old = tree != step->after;
	struct snapshot snap;
	int rc = 0;

	open_tree(step, tree, &snap);
	for (size_t i = 0; i < side->changes.n; i++) {
		const struct file_change *c = &side->changes.v[i];
		const char *path = old ? c->old_path : c->new_path;

		if (under_rules(engine, path) && in_all(s, c))
			snapshot_add(&snap, path, old ? c->old_blob : c->new_blob);
	}
	if (snap.n)
		rc = engine_scan_files(engine, &snap, out, err);
	snapshot_release(&snap);
	return rc;
}

/* The whole tree, with rules whose answer for any file may be another now. */
static int scan_all(const struct step *step, const struct engine *engine, const char *tree,
		    struct findings *out, struct err *err)
{
	struct findings found = { NULL, 0, 0, NULL, 0, 0 };
	struct engine_stats stats;
	struct snapshot snap;
	int rc;

	open_tree(step, tree, &snap);
	rc = engine_scan(engine, &snap, &found, &stats, err);
	snapshot_release(&snap);
	if (rc)
		return -1;
	findings_move(out, &found);
	findings_finish(out);
	return 0;
}

/* What one tree has, before the change or after it. */
static int scan_side(const struct step *step, const char *tree, const struct sides *s,
		     const struct side *side, struct findings *out, struct err *err)
{
	const struct engine *e = step->engine;
	const struct rule **rules = xcalloc(e->n_rules, sizeof(*rules));
	struct engine part = *e;
	int rc = 0;

	part.rules = rules;
	for (int changed = 0; !rc && changed < 2; changed++) {
		part.n_rules = 0;
		for (size_t i = 0; i < e->n_rules; i++)
			if (asks_changed(s, e->rules[i]) == changed)
				rules[part.n_rules++] = e->rules[i];
		if (part.n_rules && !changed)
			rc = scan_changed(step, &part, tree, s, side, out, err);
		else if (part.n_rules && strcmp(tree, REPO_EMPTY_TREE) != 0)
			rc = scan_all(step, &part, tree, out, err);
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

static int load(const struct step *step, struct sides *s, struct err *err)
{
	for (size_t i = 0; i < s->n; i++) {
		s->v[i].tree = step->before->v[i];
		if (repo_changes(step->repo, s->v[i].tree, step->after, &s->v[i].changes, err))
			return -1;
		find_renames(&s->v[i]);
	}
	if (scan_side(step, step->after, s, &s->v[0], &s->after, err))
		return -1;
	for (size_t i = 0; i < s->n; i++) {
		if (scan_side(step, s->v[i].tree, s, &s->v[i], &s->v[i].found, err))
			return -1;
		verdict_pair(&s->v[i].found, &s->after, s->v[i].renames, s->v[i].n_renames,
			     &s->v[i].verdicts);
	}
	return 0;
}

/*
 * What a finding is, all parents considered: what one of them has is no news.
 * *KNOWN is the one that it is paired with.
 */
static enum verdict judge_after(const struct sides *s, size_t i, const struct side **known)
{
	enum verdict best = VERDICT_INTRODUCED;

	*known = &s->v[0];
	for (size_t k = 0; k < s->n; k++) {
		enum verdict verdict = s->v[k].verdicts.after[i];

		if (verdict == VERDICT_SAME)
			return VERDICT_SAME;
		if (verdict == VERDICT_INTRODUCED || best != VERDICT_INTRODUCED)
			continue;
		best = verdict;
		*known = &s->v[k];
	}
	return best;
}

static bool fixed_for_all(const struct sides *s, const struct finding *f)
{
	for (size_t k = 0; k < s->n; k++) {
		const struct side *side = &s->v[k];
		bool fixed = false;

		for (size_t i = 0; i < side->found.n && !fixed; i++)
			fixed = side->verdicts.before[i] == VERDICT_FIXED &&
				!strcmp(side->found.v[i].fingerprint, f->fingerprint);
		if (!fixed)
			return false;
	}
	return true;
}

static struct judged *add_judged(struct lint_patch *patch, enum verdict verdict, struct finding *f)
{
	struct judged *j;

	GROW(patch->v, patch->n_judged, patch->cap_judged);
	j = &patch->v[patch->n_judged++];
	*j = (struct judged){ .verdict = verdict, .finding = *f, .partner = LINT_NONE };
	memcpy(j->now, f->fingerprint, OID_HEX);
	*f = (struct finding){ .rule = NULL };
	return j;
}

static void set_place(struct place *place, const struct finding *f)
{
	place->path = xstrdup(f->path);
	place->line = f->line;
	place->function = xstrdup(f->function);
}

/* Asked for all findings, so that the entry of one that was there before counts as used. */
static const struct suppression *suppressed_by(const struct step *step, const struct finding *f)
{
	return step->suppressions ? suppressions_match(step->suppressions, f) : NULL;
}

/* Findings move over to the patch; what is the same as before is dropped. */
static void take_findings(const struct step *step, struct sides *s, struct lint_patch *patch)
{
	struct side *first = &s->v[0];

	for (size_t i = 0; i < s->after.n; i++) {
		const struct side *known;
		enum verdict verdict = judge_after(s, i, &known);
		size_t was = known->verdicts.was[i];
		const struct suppression *by = suppressed_by(step, &s->after.v[i]);
		struct judged *j;

		if (verdict == VERDICT_SAME)
			continue;
		j = add_judged(patch, verdict, &s->after.v[i]);
		j->suppressed = verdict == VERDICT_INTRODUCED ? by : NULL;
		if (was == VERDICT_ALONE)
			continue;
		set_place(&j->was, &known->found.v[was]);
		memcpy(j->was_fingerprint, known->found.v[was].fingerprint, OID_HEX);
	}
	for (size_t i = 0; i < first->found.n; i++)
		if (first->verdicts.before[i] == VERDICT_FIXED &&
		    fixed_for_all(s, &first->found.v[i]))
			add_judged(patch, VERDICT_FIXED, &first->found.v[i]);
}

static bool same_unseen(const struct side *side, const struct unseen *a, const struct unseen *b)
{
	const char *path = a->path;

	for (size_t i = 0; i < side->n_renames; i++)
		if (!strcmp(side->renames[i].from, path))
			path = side->renames[i].to;
	return !strcmp(path, b->path) && !strcmp(a->rule, b->rule) &&
	       !strcmp(a->function, b->function) && !strcmp(a->reason, b->reason);
}

static bool was_unseen(const struct sides *s, const struct unseen *u)
{
	for (size_t k = 0; k < s->n; k++)
		for (size_t i = 0; i < s->v[k].found.n_unseen; i++)
			if (same_unseen(&s->v[k], &s->v[k].found.unseen[i], u))
				return true;
	return false;
}

/* Code that could not be analysed before either is no news. */
static void take_unseen(struct sides *s, struct lint_patch *patch)
{
	for (size_t i = 0; i < s->after.n_unseen; i++) {
		struct unseen *u = &s->after.unseen[i];

		if (was_unseen(s, u))
			continue;
		findings_add_unseen(&patch->news, u);
		*u = (struct unseen){ .rule = NULL };
	}
}

static void add_paths(const struct sides *s, const struct engine *engine, struct strv *paths)
{
	const struct file_changes *changes = &s->v[0].changes;

	for (size_t i = 0; i < changes->n; i++) {
		const char *path = change_path(&changes->v[i]);

		if (under_rules(engine, path) && in_all(s, &changes->v[i]) &&
		    !strv_has(paths, path))
			strv_add(paths, path);
	}
}

static bool is_introduced(const struct lint_patch *patch, size_t from, const struct finding *f)
{
	for (size_t i = from; i < patch->n_judged; i++)
		if (patch->v[i].verdict == VERDICT_INTRODUCED &&
		    !strcmp(patch->v[i].finding.fingerprint, f->fingerprint))
			return true;
	return false;
}

/* Sites that this patch introduces further down are not counted yet. */
static void add_others(struct lint_patch *patch, size_t index, const struct findings *all)
{
	struct judged *j = &patch->v[index];

	j->nth_in_file = 1;
	j->others = xcalloc(all->n, sizeof(*j->others));
	for (size_t i = 0; i < all->n; i++) {
		const struct finding *f = &all->v[i];

		if (strcmp(f->rule, j->finding.rule) != 0 || is_introduced(patch, index, f))
			continue;
		set_place(&j->others[j->n_others++], f);
		j->nth_in_file += !strcmp(f->path, j->finding.path);
	}
}

static bool wants_others(const struct judged *j, const char *rule)
{
	return j->verdict == VERDICT_INTRODUCED && j->finding.severity > SEVERITY_NOTE &&
	       !strcmp(j->finding.rule, rule);
}

/* Scan the whole tree with one rule, when the patch introduces such a finding. */
static int count_rule(const struct step *step, const struct rule *rule, struct lint_patch *patch,
		      struct err *err)
{
	struct findings all = { NULL, 0, 0, NULL, 0, 0 };
	struct engine engine = *step->engine;
	int rc;

	engine.rules = &rule;
	engine.n_rules = 1;
	rc = scan_all(step, &engine, step->after, &all, err);
	for (size_t i = 0; !rc && i < patch->n_judged; i++)
		if (wants_others(&patch->v[i], rule->id))
			add_others(patch, i, &all);
	findings_release(&all);
	return rc;
}

static int count_others(const struct step *step, struct lint_patch *patch, struct err *err)
{
	for (size_t r = 0; r < step->engine->n_rules; r++) {
		const struct rule *rule = step->engine->rules[r];
		bool wanted = false;

		for (size_t i = 0; i < patch->n_judged; i++)
			wanted |= wants_others(&patch->v[i], rule->id);
		if (wanted && count_rule(step, rule, patch, err))
			return -1;
	}
	return 0;
}

static void sides_release(struct sides *s)
{
	for (size_t i = 0; i < s->n; i++) {
		file_changes_release(&s->v[i].changes);
		findings_release(&s->v[i].found);
		verdicts_release(&s->v[i].verdicts);
		free(s->v[i].renames);
	}
	free(s->v);
	findings_release(&s->after);
}

/* A revision named after a tree says nothing to people. */
static void drop_rev(const struct step *step, struct lint_patch *patch)
{
	if (step->rev)
		return;
	for (size_t i = 0; i < patch->n_judged; i++) {
		free(patch->v[i].finding.rev);
		patch->v[i].finding.rev = NULL;
	}
	for (size_t i = 0; i < patch->news.n_unseen; i++) {
		free(patch->news.unseen[i].rev);
		patch->news.unseen[i].rev = NULL;
	}
}

int step_judge(const struct step *step, struct lint_patch *patch, struct strv *paths,
	       struct err *err)
{
	struct sides s = { xcalloc(step->before->n, sizeof(*s.v)), step->before->n, { NULL } };
	int rc = load(step, &s, err);

	if (!rc) {
		take_findings(step, &s, patch);
		take_unseen(&s, patch);
		add_paths(&s, step->engine, paths);
		drop_rev(step, patch);
		rc = count_others(step, patch, err);
	}
	sides_release(&s);
	return rc;
}

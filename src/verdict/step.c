// SPDX-License-Identifier: GPL-2.0-only
#include "step.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

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
static const struct suppression *suppressed_by(struct suppressions *s, const struct finding *f)
{
	return s ? suppressions_match(s, f) : NULL;
}

/* Findings move over to the patch; what is the same as before is dropped. */
static void take_findings(struct sides *s, struct suppressions *suppressions,
			  struct lint_patch *patch)
{
	struct side *first = &s->v[0];

	for (size_t i = 0; i < s->after.n; i++) {
		const struct side *known;
		enum verdict verdict = judge_after(s, i, &known);
		size_t was = known->verdicts.was[i];
		const struct suppression *by = suppressed_by(suppressions, &s->after.v[i]);
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

static void add_paths(const struct sides *s, struct strv *paths)
{
	const struct file_changes *changes = &s->v[0].changes;

	for (size_t i = 0; i < changes->n; i++) {
		const char *path = change_path(&changes->v[i]);

		if (sides_under_rules(s, &changes->v[i]) && sides_in_all(s, &changes->v[i]) &&
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

/* Where one helper would do for all, it matters how many there are. */
static bool rule_counts(const struct lint_patch *patch, const struct rule *rule)
{
	for (size_t i = 0; rule->refactor && i < patch->n_judged; i++)
		if (patch->v[i].verdict == VERDICT_INTRODUCED &&
		    !strcmp(patch->v[i].finding.rule, rule->id))
			return true;
	return false;
}

static bool has_rule(const struct engine *e, const char *id)
{
	for (size_t i = 0; i < e->n_rules; i++)
		if (!strcmp(e->rules[i]->id, id))
			return true;
	return false;
}

/* Scan the whole tree with the rules of which the patch introduces a finding. */
static int count_others(const struct sides *s, struct lint_patch *patch, struct err *err)
{
	const struct engine *e = s->of->engine;
	const struct rule **rules = xcalloc(e->n_rules, sizeof(*rules));
	struct findings all = { NULL, 0, 0, NULL, 0, 0 };
	struct engine part = *e;
	int rc = 0;

	part.rules = rules;
	part.n_rules = 0;
	for (size_t i = 0; i < e->n_rules; i++)
		if (rule_counts(patch, e->rules[i]))
			rules[part.n_rules++] = e->rules[i];
	if (part.n_rules)
		rc = sides_scan_tree(s, &part, s->tree, &all, err);
	for (size_t i = 0; !rc && i < patch->n_judged; i++)
		if (patch->v[i].verdict == VERDICT_INTRODUCED &&
		    has_rule(&part, patch->v[i].finding.rule))
			add_others(patch, i, &all);
	findings_release(&all);
	free(rules);
	return rc;
}

/* A revision named after a tree says nothing to people. */
static void drop_rev(const struct sides *s, struct lint_patch *patch)
{
	if (s->rev)
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

int step_judge(struct sides *s, struct suppressions *suppressions, struct lint_patch *patch,
	       struct strv *paths, struct err *err)
{
	if (sides_scan(s, err))
		return -1;
	take_findings(s, suppressions, patch);
	take_unseen(s, patch);
	add_paths(s, paths);
	drop_rev(s, patch);
	return count_others(s, patch, err);
}

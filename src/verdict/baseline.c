// SPDX-License-Identifier: GPL-2.0-only
#include "baseline.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "verdict.h"

int baseline_find(const struct baseline *baseline, const char *target, const struct findings **out,
		  struct err *err)
{
	for (size_t i = 0; i < baseline->n; i++) {
		if (baseline->n > 1 && strcmp(baseline->v[i].name, target) != 0)
			continue;
		*out = &baseline->v[i].findings;
		return 0;
	}
	return err_set(err,
		       "%s: a report of several targets, none of which is '%s'; take one of that "
		       "target, or of a single one",
		       baseline->file, target);
}

static void take_findings(const struct findings *before, struct findings *fs,
			  struct findings *known)
{
	struct verdicts verdicts = { NULL, NULL, NULL };
	size_t left = 0;

	verdict_pair(before, fs, NULL, 0, &verdicts);
	for (size_t i = 0; i < fs->n; i++) {
		if (verdicts.after[i] == VERDICT_INTRODUCED)
			fs->v[left++] = fs->v[i];
		else
			findings_add(known, &fs->v[i]);
	}
	fs->n = left;
	verdicts_release(&verdicts);
}

/* Whether all ids of a list ("a, b") are in another one. */
static bool rules_in(const char *rules, const char *all)
{
	for (size_t n; *rules; rules += n + strspn(rules + n, ", ")) {
		const char *p = all;

		n = strcspn(rules, ",");
		while (*p && (strcspn(p, ",") != n || strncmp(p, rules, n) != 0)) {
			p += strcspn(p, ",");
			p += strspn(p, ", ");
		}
		if (!*p)
			return false;
	}
	return true;
}

static bool same_unseen(const struct unseen *before, const struct unseen *after)
{
	return !strcmp(before->path, after->path) && !strcmp(before->function, after->function) &&
	       !strcmp(before->reason, after->reason) && rules_in(after->rule, before->rule);
}

static bool take_partner(const struct findings *before, bool *taken, const struct unseen *u)
{
	for (size_t i = 0; i < before->n_unseen; i++) {
		if (taken[i] || !same_unseen(&before->unseen[i], u))
			continue;
		taken[i] = true;
		return true;
	}
	return false;
}

static void take_unseen(const struct findings *before, struct findings *fs, struct findings *known)
{
	bool *taken = xcalloc(before->n_unseen, sizeof(*taken));
	size_t left = 0;

	for (size_t i = 0; i < fs->n_unseen; i++) {
		if (take_partner(before, taken, &fs->unseen[i]))
			findings_add_unseen(known, &fs->unseen[i]);
		else
			fs->unseen[left++] = fs->unseen[i];
	}
	fs->n_unseen = left;
	free(taken);
}

void baseline_take(const struct findings *before, struct findings *fs, struct findings *known)
{
	take_findings(before, fs, known);
	take_unseen(before, fs, known);
}

void baseline_release(struct baseline *baseline)
{
	for (size_t i = 0; i < baseline->n; i++) {
		findings_release(&baseline->v[i].findings);
		free(baseline->v[i].name);
	}
	free(baseline->v);
	*baseline = (struct baseline){ .file = NULL };
}

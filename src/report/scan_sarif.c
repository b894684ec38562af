// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"
#include "sarif.h"

/*
 * With a baseline, all results of a run say what they are to it.  Known ones stay:
 * GitHub closes the alerts that an upload lacks as if they had been fixed, and
 * tells on its own which are new.
 */
static const char *state(const struct scan_report *r, const char *name)
{
	return r->baseline ? name : NULL;
}

static void add_findings(const struct scan_report *r, const struct findings *fs, const char *name,
			 const char *level, struct sarif_run *run)
{
	for (size_t i = 0; i < fs->n; i++)
		sarif_result(run, &fs->v[i], fs->v[i].message, state(r, name));
	for (size_t i = 0; i < fs->n_unseen; i++)
		sarif_unseen(run, &fs->unseen[i], level);
}

static json_t *run_of(const struct scan_report *r, const struct scan_target *t)
{
	struct sarif_run run;
	json_t *o;

	sarif_begin(&run, r->rules, r->n_rules);
	add_findings(r, &t->findings, "new", "warning", &run);
	add_findings(r, &t->known, "unchanged", "note", &run);
	for (size_t i = 0; i < t->suppressed.n; i++) {
		const struct suppressed *s = &t->suppressed.v[i];

		sarif_suppress(sarif_result(&run, &s->finding, s->finding.message, state(r, "new")),
			       s->by);
	}
	/* They are of no target; a reader of all runs wants them once. */
	if (t == r->targets)
		sarif_suppressions(&run, r->suppressions);
	o = sarif_end(&run, t->name, t->findings.n_unseen == 0);
	if (*t->commit)
		json_object_set_new(o, "properties", json_pack("{ss}", "commit", t->commit));
	return o;
}

void report_sarif(const struct scan_report *r, struct buf *out)
{
	json_t *runs = json_array();

	for (size_t t = 0; t < r->n_targets; t++)
		json_array_append_new(runs, run_of(r, &r->targets[t]));
	sarif_emit(runs, out);
}

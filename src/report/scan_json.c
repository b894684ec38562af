// SPDX-License-Identifier: GPL-2.0-only
#include "json.h"
#include "report.h"

#include <string.h>

static json_t *summary_of(const struct scan_report *r, const struct scan_target *t)
{
	json_t *o = json_object(), *rules = json_object();

	for (size_t i = 0; i < r->n_rules; i++) {
		json_int_t n = 0;

		for (size_t j = 0; j < t->findings.n; j++)
			n += !strcmp(t->findings.v[j].rule, r->rules[i]->id);
		json_object_set_new(rules, r->rules[i]->id, json_integer(n));
	}
	json_object_set_new(o, "name", json_text(t->name));
	json_object_set_new(o, "commit", *t->commit ? json_text(t->commit) : json_null());
	json_object_set_new(o, "files", json_integer((json_int_t)t->stats.files));
	json_object_set_new(o, "candidates", json_integer((json_int_t)t->stats.candidates));
	json_object_set_new(o, "rules", rules);
	return o;
}

void report_json(const struct scan_report *r, struct buf *out)
{
	json_t *root = json_object(), *findings = json_array(), *unseen = json_array();
	json_t *summary = json_object(), *targets = json_array();
	size_t n, n_unseen;

	n = report_count(r, &n_unseen);
	for (size_t t = 0; t < r->n_targets; t++) {
		const struct findings *fs = &r->targets[t].findings;

		for (size_t i = 0; i < fs->n; i++)
			json_array_append_new(findings, json_finding(&fs->v[i]));
		for (size_t i = 0; i < fs->n_unseen; i++)
			json_array_append_new(unseen, json_unseen(&fs->unseen[i]));
		json_array_append_new(targets, summary_of(r, &r->targets[t]));
	}
	json_object_set_new(summary, "findings", json_integer((json_int_t)n));
	json_object_set_new(summary, "not_analysed", json_integer((json_int_t)n_unseen));
	json_object_set_new(summary, "targets", targets);
	json_object_set_new(root, "icrfix", json_integer(1));
	json_object_set_new(root, "tool", json_tool(r->spatch_version));
	json_object_set_new(root, "findings", findings);
	json_object_set_new(root, "not_analysed", unseen);
	json_object_set_new(root, "summary", summary);
	json_emit(root, out);
}

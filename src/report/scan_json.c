// SPDX-License-Identifier: GPL-2.0-only
#include "json.h"
#include "report.h"
#include "suppressions.h"

#include <string.h>

static json_t *json_size(const json_t *array)
{
	return json_integer((json_int_t)json_array_size(array));
}

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

/* The lists of all targets, each entry of which knows its revision. */
struct lists {
	json_t *findings, *unseen, *suppressed, *known, *known_unseen;
};

static void add_findings(const struct findings *fs, json_t *findings, json_t *unseen)
{
	for (size_t i = 0; i < fs->n; i++)
		json_array_append_new(findings, json_finding(&fs->v[i]));
	for (size_t i = 0; i < fs->n_unseen; i++)
		json_array_append_new(unseen, json_unseen(&fs->unseen[i]));
}

static void add_target(struct lists *lists, const struct scan_target *t)
{
	add_findings(&t->findings, lists->findings, lists->unseen);
	add_findings(&t->known, lists->known, lists->known_unseen);
	for (size_t i = 0; i < t->suppressed.n; i++)
		json_array_append_new(lists->suppressed, json_suppressed(&t->suppressed.v[i]));
}

static json_t *summary(const struct scan_report *r, const struct lists *lists)
{
	json_t *o = json_object(), *targets = json_array();

	for (size_t t = 0; t < r->n_targets; t++)
		json_array_append_new(targets, summary_of(r, &r->targets[t]));
	json_object_set_new(o, "findings", json_size(lists->findings));
	json_object_set_new(o, "not_analysed", json_size(lists->unseen));
	json_object_set_new(o, "suppressed", json_size(lists->suppressed));
	json_object_set_new(o, "targets", targets);
	return o;
}

/* What is known stays in the report, so that it can be the next baseline. */
static json_t *baseline(const struct scan_report *r, const struct lists *lists)
{
	json_t *o = json_object();

	json_object_set_new(o, "name", json_text(r->baseline));
	json_object_set_new(o, "findings", lists->known);
	json_object_set_new(o, "not_analysed", lists->known_unseen);
	if (r->baseline)
		return o;
	json_decref(o);
	return json_null();
}

void report_json(const struct scan_report *r, struct buf *out)
{
	struct lists lists = { json_array(), json_array(), json_array(), json_array(),
			       json_array() };
	json_t *root = json_object();

	for (size_t t = 0; t < r->n_targets; t++)
		add_target(&lists, &r->targets[t]);
	json_object_set_new(root, "icrfix", json_integer(1));
	json_object_set_new(root, "tool", json_tool(r->spatch_version));
	json_object_set_new(root, "findings", lists.findings);
	json_object_set_new(root, "not_analysed", lists.unseen);
	json_object_set_new(root, "suppressed", lists.suppressed);
	json_object_set_new(root, "suppressions", json_suppressions(r->suppressions));
	json_object_set_new(root, "baseline", baseline(r, &lists));
	json_object_set_new(root, "summary", summary(r, &lists));
	json_emit(root, out);
}

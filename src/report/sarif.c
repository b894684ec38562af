// SPDX-License-Identifier: GPL-2.0-only
/*
 * Static Analysis Results Interchange Format (OASIS SARIF 2.1.0); what GitHub
 * and others ask for beyond it is in their documentation of code scanning.
 */
#include <stdlib.h>
#include <string.h>

#include "finding_text.h"
#include "json.h"
#include "report.h"
#include "suppressions.h"

static json_t *text_object(const char *s)
{
	json_t *o = json_object();

	json_object_set_new(o, "text", json_text(s));
	return o;
}

static json_t *rule_object(const struct rule *rule)
{
	json_t *o = json_object(), *config = json_object();

	json_object_set_new(o, "id", json_text(rule->id));
	json_object_set_new(o, "shortDescription", text_object(rule->title));
	json_object_set_new(o, "fullDescription", text_object(rule->what));
	json_object_set_new(o, "help", text_object(rule->fix));
	if (rule->links.n)
		json_object_set_new(o, "helpUri", json_text(rule->links.v[0]));
	json_object_set_new(config, "level", json_text(severity_name(rule->severity)));
	json_object_set_new(o, "defaultConfiguration", config);
	return o;
}

/* A relative URI: everything but the unreserved characters and '/' is escaped. */
static json_t *uri(const char *path)
{
	struct buf out = BUF_INIT;
	json_t *json;

	for (; *path; path++) {
		unsigned char c = (unsigned char)*path;

		if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/",
			   c))
			buf_addc(&out, (char)c);
		else
			buf_addf(&out, "%%%02X", c);
	}
	buf_adds(&out, "");
	json = json_text(out.p);
	buf_release(&out);
	return json;
}

static json_t *location(const char *path, int line, int column, int end_line, int end_column)
{
	json_t *physical = json_object(), *artifact = json_object(), *region = json_object();
	json_t *o = json_object();

	json_object_set_new(artifact, "uri", uri(path));
	json_object_set_new(artifact, "uriBaseId", json_string("SRCROOT"));
	json_object_set_new(physical, "artifactLocation", artifact);
	if (line) {
		json_object_set_new(region, "startLine", json_integer(line));
		if (column)
			json_object_set_new(region, "startColumn", json_integer(column));
		if (end_line)
			json_object_set_new(region, "endLine", json_integer(end_line));
		if (end_column)
			json_object_set_new(region, "endColumn", json_integer(end_column));
		json_object_set_new(physical, "region", region);
	} else {
		json_decref(region);
	}
	json_object_set_new(o, "physicalLocation", physical);
	return o;
}

static json_t *logical(const char *function)
{
	return json_pack("[{so,ss}]", "name", json_text(function), "kind", "function");
}

/*
 * With a baseline, all results of a run say what they are to it.  Known ones stay:
 * GitHub closes the alerts that an upload lacks as if they had been fixed, and
 * tells on its own which are new.
 */
static void add_state(const struct scan_report *r, json_t *result, const char *state)
{
	if (r->baseline)
		json_object_set_new(result, "baselineState", json_string(state));
}

static json_t *result(const struct scan_report *r, const struct finding *f, const char *state)
{
	json_t *o = json_object(), *where, *related = json_array(), *prints = json_object();

	json_object_set_new(o, "ruleId", json_text(f->rule));
	for (size_t i = 0; i < r->n_rules; i++)
		if (!strcmp(r->rules[i]->id, f->rule))
			json_object_set_new(o, "ruleIndex", json_integer((json_int_t)i));
	json_object_set_new(o, "level", json_text(severity_name(f->severity)));
	json_object_set_new(o, "message", text_object(f->message));
	where = location(f->path, f->line, f->column, f->line, f->end_column);
	if (*f->function)
		json_object_set_new(where, "logicalLocations", logical(f->function));
	json_object_set_new(o, "locations", json_pack("[o]", where));
	for (size_t i = 0; i < f->n_lines; i++)
		if (f->lines[i] != f->line)
			json_array_append_new(related, location(f->path, f->lines[i], 0, 0, 0));
	if (json_array_size(related))
		json_object_set(o, "relatedLocations", related);
	json_decref(related);
	json_object_set_new(prints, "primaryLocationLineHash", json_text(f->fingerprint));
	json_object_set_new(o, "partialFingerprints", prints);
	add_state(r, o, state);
	return o;
}

/* The decision and its reason stand outside of the source, hence "external". */
static json_t *suppressed_result(const struct scan_report *r, const struct suppressed *s)
{
	json_t *o = result(r, &s->finding, "new"), *suppression = json_object();

	json_object_set_new(suppression, "kind", json_string("external"));
	json_object_set_new(suppression, "status", json_string("accepted"));
	json_object_set_new(suppression, "justification", json_text(s->by->reason));
	json_object_set_new(suppression, "properties",
			    json_pack("{so}", "until", json_text(s->by->until)));
	json_object_set_new(o, "suppressions", json_pack("[o]", suppression));
	return o;
}

static json_t *notification(const struct unseen *u, const char *level)
{
	char *text = unseen_message(u);
	json_t *o = json_object();

	json_object_set_new(o, "level", json_string(level));
	json_object_set_new(o, "message", text_object(text));
	json_object_set_new(o, "locations", json_pack("[o]", location(u->path, u->line, 0, 0, 0)));
	/* What a baseline asks for; the message is for people. */
	json_object_set_new(o, "properties",
			    json_pack("{sososo}", "rule", json_text(u->rule), "function",
				      json_text(u->function), "reason", json_text(u->reason)));
	free(text);
	return o;
}

/* Of suppressions that have expired or are unused. */
static void add_notes(json_t *notifications, const struct suppressions *s)
{
	for (size_t i = 0; s && i < s->n; i++) {
		char *note = suppression_note(&s->v[i]);

		if (note)
			json_array_append_new(notifications,
					      json_pack("{ssso}", "level", "warning", "message",
							text_object(note)));
		free(note);
	}
}

static json_t *driver(const struct scan_report *r)
{
	json_t *o = json_object(), *rules = json_array();

	for (size_t i = 0; i < r->n_rules; i++)
		json_array_append_new(rules, rule_object(r->rules[i]));
	json_object_set_new(o, "name", json_string("icrfix"));
	json_object_set_new(o, "version", json_string(ICRFIX_VERSION));
	json_object_set_new(o, "rules", rules);
	return json_pack("{so}", "driver", o);
}

static void add_findings(const struct scan_report *r, const struct findings *fs, const char *state,
			 const char *level, json_t *results, json_t *notes)
{
	for (size_t i = 0; i < fs->n; i++)
		json_array_append_new(results, result(r, &fs->v[i], state));
	for (size_t i = 0; i < fs->n_unseen; i++)
		json_array_append_new(notes, notification(&fs->unseen[i], level));
}

static json_t *run_of(const struct scan_report *r, const struct scan_target *t)
{
	json_t *run = json_object(), *results = json_array(), *notes = json_array();
	json_t *invocation = json_object();

	add_findings(r, &t->findings, "new", "warning", results, notes);
	add_findings(r, &t->known, "unchanged", "note", results, notes);
	for (size_t i = 0; i < t->suppressed.n; i++)
		json_array_append_new(results, suppressed_result(r, &t->suppressed.v[i]));
	/* They are of no target; a reader of all runs wants them once. */
	if (t == r->targets)
		add_notes(notes, r->suppressions);
	json_object_set_new(invocation, "executionSuccessful",
			    json_boolean(t->findings.n_unseen == 0));
	json_object_set_new(invocation, "toolExecutionNotifications", notes);
	json_object_set_new(run, "tool", driver(r));
	json_object_set_new(run, "invocations", json_pack("[o]", invocation));
	/* GitHub tells several runs of one file apart by their category. */
	json_object_set_new(run, "automationDetails", json_pack("{so}", "id", json_text(t->name)));
	if (*t->commit)
		json_object_set_new(run, "properties", json_pack("{ss}", "commit", t->commit));
	json_object_set_new(run, "results", results);
	return run;
}

void report_sarif(const struct scan_report *r, struct buf *out)
{
	json_t *root = json_object(), *runs = json_array();

	for (size_t t = 0; t < r->n_targets; t++)
		json_array_append_new(runs, run_of(r, &r->targets[t]));
	json_object_set_new(root, "$schema",
			    json_string("https://json.schemastore.org/sarif-2.1.0.json"));
	json_object_set_new(root, "version", json_string("2.1.0"));
	json_object_set_new(root, "runs", runs);
	json_emit(root, out);
}

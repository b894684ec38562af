// SPDX-License-Identifier: GPL-2.0-only
/*
 * Static Analysis Results Interchange Format (OASIS SARIF 2.1.0); what GitHub
 * and others ask for beyond it is in their documentation of code scanning.
 */
#include "sarif.h"

#include <stdlib.h>
#include <string.h>

#include "finding_text.h"
#include "json.h"
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

void sarif_begin(struct sarif_run *run, const struct rule *const *rules, size_t n)
{
	*run = (struct sarif_run){ rules, n, json_array(), json_array() };
}

static json_t *related(const struct finding *f)
{
	json_t *list = json_array();

	for (size_t i = 0; i < f->n_lines; i++)
		if (f->lines[i] != f->line)
			json_array_append_new(list, location(f->path, f->lines[i], 0, 0, 0));
	return list;
}

json_t *sarif_result(struct sarif_run *run, const struct finding *f, const char *message,
		     const char *state)
{
	json_t *o = json_object(), *where, *lines = related(f), *prints = json_object();

	json_object_set_new(o, "ruleId", json_text(f->rule));
	for (size_t i = 0; i < run->n_rules; i++)
		if (!strcmp(run->rules[i]->id, f->rule))
			json_object_set_new(o, "ruleIndex", json_integer((json_int_t)i));
	json_object_set_new(o, "level", json_text(severity_name(f->severity)));
	json_object_set_new(o, "message", text_object(message));
	where = location(f->path, f->line, f->column, f->line, f->end_column);
	if (*f->function)
		json_object_set_new(where, "logicalLocations", logical(f->function));
	json_object_set_new(o, "locations", json_pack("[o]", where));
	if (json_array_size(lines))
		json_object_set(o, "relatedLocations", lines);
	json_decref(lines);
	json_object_set_new(prints, "primaryLocationLineHash", json_text(f->fingerprint));
	json_object_set_new(o, "partialFingerprints", prints);
	if (state)
		json_object_set_new(o, "baselineState", json_string(state));
	json_array_append_new(run->results, o);
	return o;
}

/* The decision and its reason stand outside of the source, hence "external". */
void sarif_suppress(json_t *result, const struct suppression *by)
{
	json_t *suppression = json_object();

	json_object_set_new(suppression, "kind", json_string("external"));
	json_object_set_new(suppression, "status", json_string("accepted"));
	json_object_set_new(suppression, "justification", json_text(by->reason));
	json_object_set_new(suppression, "properties",
			    json_pack("{so}", "until", json_text(by->until)));
	json_object_set_new(result, "suppressions", json_pack("[o]", suppression));
}

void sarif_unseen(struct sarif_run *run, const struct unseen *u, const char *level)
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
	json_array_append_new(run->notes, o);
	free(text);
}

void sarif_note(struct sarif_run *run, const char *text)
{
	json_array_append_new(run->notes, json_pack("{ssso}", "level", "warning", "message",
						    text_object(text)));
}

void sarif_suppressions(struct sarif_run *run, const struct suppressions *s)
{
	for (size_t i = 0; s && i < s->n; i++) {
		char *note = suppression_note(&s->v[i]);

		if (note)
			sarif_note(run, note);
		free(note);
	}
}

static json_t *driver(const struct sarif_run *run)
{
	json_t *o = json_object(), *rules = json_array();

	for (size_t i = 0; i < run->n_rules; i++)
		json_array_append_new(rules, rule_object(run->rules[i]));
	json_object_set_new(o, "name", json_string("icrfix"));
	json_object_set_new(o, "version", json_string(ICRFIX_VERSION));
	json_object_set_new(o, "rules", rules);
	return json_pack("{so}", "driver", o);
}

json_t *sarif_end(struct sarif_run *run, const char *id, bool success)
{
	json_t *o = json_object(), *invocation = json_object();

	json_object_set_new(invocation, "executionSuccessful", json_boolean(success));
	json_object_set_new(invocation, "toolExecutionNotifications", run->notes);
	json_object_set_new(o, "tool", driver(run));
	json_object_set_new(o, "invocations", json_pack("[o]", invocation));
	/* GitHub tells several runs of one file apart by their category. */
	json_object_set_new(o, "automationDetails", json_pack("{so}", "id", json_text(id)));
	json_object_set_new(o, "results", run->results);
	return o;
}

void sarif_emit(json_t *runs, struct buf *out)
{
	json_t *root = json_object();

	json_object_set_new(root, "$schema",
			    json_string("https://json.schemastore.org/sarif-2.1.0.json"));
	json_object_set_new(root, "version", json_string("2.1.0"));
	json_object_set_new(root, "runs", runs);
	json_emit(root, out);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "gitlab.h"

#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "report.h"

/* GitLab knows five words; blocker is for what must stop a merge, which is not ours to say. */
static const char *severity(enum severity s)
{
	static const char *const words[] = {
		[SEVERITY_NOTE] = "info",
		[SEVERITY_WARNING] = "major",
		[SEVERITY_ERROR] = "critical",
	};

	return words[s];
}

static json_t *issue(const char *check, const char *message, enum severity s,
		     const char *fingerprint, const char *path, int line)
{
	json_t *o = json_object(), *location = json_object();

	json_object_set_new(o, "description", json_text(message));
	json_object_set_new(o, "check_name", json_text(check));
	json_object_set_new(o, "fingerprint", json_text(fingerprint));
	json_object_set_new(o, "severity", json_text(severity(s)));
	json_object_set_new(location, "path", json_text(path));
	/* An issue needs a line: that of a whole file is the first. */
	json_object_set_new(location, "lines", json_pack("{si}", "begin", line ? line : 1));
	json_object_set_new(o, "location", location);
	return o;
}

json_t *gitlab_finding(const struct finding *f, const char *message)
{
	return issue(f->rule, message, f->severity, f->fingerprint, f->path, f->line);
}

json_t *gitlab_unseen(const struct unseen *u, const char *message)
{
	char fingerprint[OID_HEX];
	struct buf text = BUF_INIT;

	buf_addf(&text, "not analysed\n%s\n%s\n%s\n%s", u->rule, u->path, u->function, u->reason);
	blob_id(text.p, text.len, fingerprint);
	buf_release(&text);
	return issue("not-analysed", message, SEVERITY_WARNING, fingerprint, u->path, u->line);
}

static const char *fingerprint_of(const json_t *issue)
{
	return json_string_value(json_object_get(issue, "fingerprint"));
}

void gitlab_tell_apart(json_t *issue, const char *where)
{
	char fingerprint[OID_HEX];
	struct buf text = BUF_INIT;

	buf_addf(&text, "%s\n%s", fingerprint_of(issue), where);
	blob_id(text.p, text.len, fingerprint);
	buf_release(&text);
	json_object_set_new(issue, "fingerprint", json_string(fingerprint));
}

static bool is_taken(const json_t *issues, const char *fingerprint)
{
	for (size_t i = 0; i < json_array_size(issues); i++)
		if (!strcmp(fingerprint_of(json_array_get(issues, i)), fingerprint))
			return true;
	return false;
}

void gitlab_add(json_t *issues, json_t *issue)
{
	while (is_taken(issues, fingerprint_of(issue)))
		gitlab_tell_apart(issue, "again");
	json_array_append_new(issues, issue);
}

static void add_issue(const struct scan_report *r, const struct scan_target *t, json_t *issues,
		      json_t *issue)
{
	if (r->n_targets > 1)
		gitlab_tell_apart(issue, t->name);
	gitlab_add(issues, issue);
}

static void add_target(const struct scan_report *r, const struct scan_target *t, json_t *issues)
{
	for (size_t i = 0; i < t->findings.n; i++) {
		char *text = report_message(r, t, &t->findings.v[i]);

		add_issue(r, t, issues, gitlab_finding(&t->findings.v[i], text));
		free(text);
	}
	for (size_t i = 0; i < t->findings.n_unseen; i++) {
		char *text = report_unseen_message(r, t, &t->findings.unseen[i]);

		add_issue(r, t, issues, gitlab_unseen(&t->findings.unseen[i], text));
		free(text);
	}
}

void report_gitlab(const struct scan_report *r, struct buf *out)
{
	json_t *issues = json_array();

	for (size_t t = 0; t < r->n_targets; t++)
		add_target(r, &r->targets[t], issues);
	json_emit(issues, out);
}

// SPDX-License-Identifier: GPL-2.0-only
/* Earlier reports, read back: what src/report/scan_json.c and sarif.c write. */
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "baseline.h"

#define REPORT_SIZE_MAX ((size_t)64 << 20)

/* The place in the file that is being read, for messages. */
struct reading {
	struct baseline *out;
	struct err *err;
	char where[80];
};

static void at(struct reading *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int bad(const struct reading *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void at(struct reading *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r->where, sizeof(r->where), fmt, ap);
	va_end(ap);
}

static int bad(const struct reading *r, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	err_set(r->err, "%s: %s%s%s", r->out->file, r->where, *r->where ? ": " : "", text);
	free(text);
	return -1;
}

/* A string of an object; one that may be null gives "" then. */
static int get_text(const struct reading *r, const json_t *object, const char *key,
		    bool may_be_null, const char **out)
{
	const json_t *value = json_object_get(object, key);

	*out = json_is_null(value) ? "" : json_string_value(value);
	if (!*out || (json_is_null(value) && !may_be_null))
		return bad(r, "\"%s\": expected a string%s", key, may_be_null ? " or null" : "");
	return 0;
}

static int get_array(const struct reading *r, const json_t *object, const char *key, json_t **out)
{
	*out = json_object_get(object, key);
	if (!json_is_array(*out))
		return bad(r, "\"%s\": expected an array", key);
	return 0;
}

static struct baseline_target *add_target(struct baseline *b, const char *name, bool is_revision)
{
	GROW(b->v, b->n, b->cap);
	b->v[b->n] = (struct baseline_target){ .name = xstrdup(name), .is_revision = is_revision };
	return &b->v[b->n++];
}

static bool has_finding(const struct findings *fs, const char *fingerprint)
{
	for (size_t i = 0; i < fs->n; i++)
		if (!strcmp(fs->v[i].fingerprint, fingerprint))
			return true;
	return false;
}

static int add_finding(const struct reading *r, struct baseline_target *t, const char *rule,
		       const char *path, const char *function, const char *fingerprint)
{
	struct finding f = { .rule = NULL };

	if (strlen(fingerprint) != OID_HEX - 1 ||
	    strspn(fingerprint, "0123456789abcdef") != OID_HEX - 1)
		return bad(r, "the fingerprint: expected 40 hex digits, not '%s'", fingerprint);
	/* A revision that was scanned twice under one name. */
	if (has_finding(&t->findings, fingerprint))
		return 0;
	f.rule = xstrdup(rule);
	f.path = xstrdup(path);
	f.function = xstrdup(function);
	memcpy(f.fingerprint, fingerprint, OID_HEX);
	findings_add(&t->findings, &f);
	return 0;
}

static void add_unseen(struct baseline_target *t, const char *rule, const char *path,
		       const char *function, const char *reason)
{
	struct unseen u = {
		.rule = xstrdup(rule),
		.path = xstrdup(path),
		.function = xstrdup(function),
		.reason = xstrdup(reason),
	};

	findings_add_unseen(&t->findings, &u);
}

/* The target that an entry is of: by its revision, null for the one directory. */
static struct baseline_target *target_of(const struct reading *r, const json_t *entry)
{
	const json_t *rev = json_object_get(entry, "rev");
	const char *name = json_string_value(rev);

	for (size_t i = 0; i < r->out->n; i++) {
		struct baseline_target *t = &r->out->v[i];

		if (name ? t->is_revision && !strcmp(t->name, name)
			 : json_is_null(rev) && !t->is_revision)
			return t;
	}
	bad(r, "\"rev\": expected one of the report's targets");
	return NULL;
}

static int json_one_finding(const struct reading *r, const json_t *o)
{
	struct baseline_target *t = target_of(r, o);
	const char *rule, *path, *function, *fingerprint;

	if (!t || get_text(r, o, "rule", false, &rule) || get_text(r, o, "path", false, &path) ||
	    get_text(r, o, "function", true, &function) ||
	    get_text(r, o, "fingerprint", false, &fingerprint))
		return -1;
	return add_finding(r, t, rule, path, function, fingerprint);
}

static int json_one_unseen(const struct reading *r, const json_t *o)
{
	struct baseline_target *t = target_of(r, o);
	const char *rule, *path, *function, *reason;

	if (!t || get_text(r, o, "rule", false, &rule) || get_text(r, o, "path", false, &path) ||
	    get_text(r, o, "function", true, &function) || get_text(r, o, "reason", false, &reason))
		return -1;
	add_unseen(t, rule, path, function, reason);
	return 0;
}

/* The two lists of an object, the whole report or what it had from a baseline. */
static int json_lists(struct reading *r, const json_t *object, const char *name)
{
	json_t *findings, *unseen, *o;
	size_t i;

	at(r, "%s", name);
	if (get_array(r, object, "findings", &findings) ||
	    get_array(r, object, "not_analysed", &unseen))
		return -1;
	json_array_foreach(findings, i, o) {
		at(r, "%s%sfindings[%zu]", name, *name ? "." : "", i);
		if (json_one_finding(r, o))
			return -1;
	}
	json_array_foreach(unseen, i, o) {
		at(r, "%s%snot_analysed[%zu]", name, *name ? "." : "", i);
		if (json_one_unseen(r, o))
			return -1;
	}
	return 0;
}

static int json_targets(struct reading *r, const json_t *targets)
{
	size_t i, directories = 0;
	json_t *o;

	json_array_foreach(targets, i, o) {
		const char *name, *commit;

		at(r, "summary.targets[%zu]", i);
		if (get_text(r, o, "name", false, &name) || get_text(r, o, "commit", true, &commit))
			return -1;
		add_target(r->out, name, *commit);
		directories += !*commit;
	}
	at(r, "summary.targets");
	if (directories > 1)
		return bad(r, "several directories, whose findings JSON does not tell apart; "
			      "take a report in SARIF, or of one directory");
	return 0;
}

static int read_json(struct reading *r, const json_t *root)
{
	const json_t *version = json_object_get(root, "icrfix");
	const json_t *targets = json_object_get(json_object_get(root, "summary"), "targets");
	const json_t *baseline = json_object_get(root, "baseline");

	if (json_integer_value(version) != 1)
		return bad(r, "\"icrfix\": a report of another version; this icrfix reads 1");
	if (!json_is_array(json_object_get(root, "findings")) || !json_array_size(targets))
		return bad(r, "not a report of icrfix scan, but of another command");
	if (json_targets(r, targets) || json_lists(r, root, ""))
		return -1;
	return json_is_object(baseline) ? json_lists(r, baseline, "baseline") : 0;
}

static int hex_digit(char c)
{
	const char *digits = "0123456789ABCDEF0123456789abcdef", *p = c ? strchr(digits, c) : NULL;

	return p ? (int)(p - digits) % 16 : -1;
}

/* The path of a URI: what is escaped comes back.  NULL when it cannot be; the caller frees. */
static char *path_of_uri(const char *uri)
{
	struct buf path = BUF_INIT;

	buf_adds(&path, "");
	for (; *uri; uri++) {
		int high, low;

		if (*uri != '%') {
			buf_addc(&path, *uri);
			continue;
		}
		high = hex_digit(uri[1]);
		low = high < 0 ? -1 : hex_digit(uri[2]);
		if (low < 0 || !(high | low)) {
			buf_release(&path);
			return NULL;
		}
		buf_addc(&path, (char)(high << 4 | low));
		uri += 2;
	}
	return buf_detach(&path);
}

static int sarif_path(const struct reading *r, const json_t *o, char **path)
{
	const json_t *place = json_array_get(json_object_get(o, "locations"), 0);
	const char *uri;

	place = json_object_get(json_object_get(place, "physicalLocation"), "artifactLocation");
	if (get_text(r, place, "uri", false, &uri))
		return -1;
	*path = path_of_uri(uri);
	return *path ? 0 : bad(r, "\"uri\": not a URI: '%s'", uri);
}

static int sarif_result(const struct reading *r, struct baseline_target *t, const json_t *o)
{
	const json_t *place = json_array_get(json_object_get(o, "locations"), 0);
	const json_t *function = json_array_get(json_object_get(place, "logicalLocations"), 0);
	const char *rule, *fingerprint, *name = "";
	char *path;
	int rc;

	if (json_array_size(json_object_get(o, "suppressions")))
		return 0;
	if (get_text(r, o, "ruleId", false, &rule) ||
	    get_text(r, json_object_get(o, "partialFingerprints"), "primaryLocationLineHash", false,
		     &fingerprint) ||
	    (function && get_text(r, function, "name", false, &name)) || sarif_path(r, o, &path))
		return -1;
	rc = add_finding(r, t, rule, path, name, fingerprint);
	free(path);
	return rc;
}

static int sarif_notification(const struct reading *r, struct baseline_target *t, const json_t *o)
{
	const json_t *properties = json_object_get(o, "properties");
	const char *rule, *function, *reason;
	char *path;

	/* One about something else, such as a suppression. */
	if (!properties)
		return 0;
	if (get_text(r, properties, "rule", false, &rule) ||
	    get_text(r, properties, "function", false, &function) ||
	    get_text(r, properties, "reason", false, &reason) || sarif_path(r, o, &path))
		return -1;
	add_unseen(t, rule, path, function, reason);
	free(path);
	return 0;
}

/* The target of a run, when it is one of a scan by icrfix; else NULL and an error. */
static struct baseline_target *sarif_target(const struct reading *r, const json_t *run)
{
	const json_t *driver = json_object_get(json_object_get(run, "tool"), "driver");
	const char *tool, *name;

	if (get_text(r, driver, "name", false, &tool))
		return NULL;
	if (strcmp(tool, "icrfix") != 0) {
		bad(r, "a report of '%s', not of icrfix scan", tool);
		return NULL;
	}
	if (get_text(r, json_object_get(run, "automationDetails"), "id", false, &name))
		return NULL;
	return add_target(r->out, name, json_object_get(run, "properties"));
}

static int sarif_run(struct reading *r, const json_t *run, size_t n)
{
	const json_t *invocation = json_array_get(json_object_get(run, "invocations"), 0);
	struct baseline_target *t;
	json_t *results, *notes, *o;
	size_t i;

	at(r, "runs[%zu]", n);
	t = sarif_target(r, run);
	if (!t || get_array(r, run, "results", &results) ||
	    get_array(r, invocation, "toolExecutionNotifications", &notes))
		return -1;
	json_array_foreach(results, i, o) {
		at(r, "runs[%zu].results[%zu]", n, i);
		if (sarif_result(r, t, o))
			return -1;
	}
	json_array_foreach(notes, i, o) {
		at(r, "runs[%zu].invocations[0].toolExecutionNotifications[%zu]", n, i);
		if (sarif_notification(r, t, o))
			return -1;
	}
	return 0;
}

static int read_sarif(struct reading *r, const json_t *root)
{
	const char *version;
	json_t *runs, *run;
	size_t i;

	if (get_text(r, root, "version", false, &version) || get_array(r, root, "runs", &runs))
		return -1;
	if (strcmp(version, "2.1.0") != 0)
		return bad(r, "\"version\": SARIF of version %s; this icrfix reads 2.1.0", version);
	if (!json_array_size(runs))
		return bad(r, "\"runs\": there are none");
	json_array_foreach(runs, i, run)
		if (sarif_run(r, run, i))
			return -1;
	return 0;
}

static int read_report(struct reading *r, const struct buf *text)
{
	json_error_t je;
	json_t *root = json_loadb(text->p, text->len, JSON_REJECT_DUPLICATES, &je);
	int rc;

	if (!root) {
		at(r, "line %d, column %d", je.line, je.column);
		return bad(r, "not valid JSON: %s", je.text);
	}
	if (json_object_get(root, "icrfix"))
		rc = read_json(r, root);
	else if (json_object_get(root, "runs"))
		rc = read_sarif(r, root);
	else
		rc = bad(r, "not a report of icrfix scan, neither json nor sarif");
	json_decref(root);
	return rc;
}

int baseline_read(struct baseline *baseline, const char *file, struct err *err)
{
	struct buf text = BUF_INIT_MAX(REPORT_SIZE_MAX);
	struct reading r = { .out = baseline, .err = err };
	int rc = buf_read_file(&text, file, err);

	baseline->file = file;
	if (!rc)
		rc = read_report(&r, &text);
	buf_release(&text);
	return rc;
}

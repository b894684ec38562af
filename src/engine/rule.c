// SPDX-License-Identifier: GPL-2.0-only
#include "rule.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/glob.h"
#include "base/mem.h"
#include "rule_priv.h"
#include "spec.h"

/* What stands in the JSON and is turned into something else. */
struct rule_json {
	struct rule rule;
	char *severity, *granularity, *about, *cocci;
	struct strv use;
	json_t *tokens, *consults, *exempt;
};

#define RULE(key, type, required, member)                               \
	{                                                               \
		key, type, required, offsetof(struct rule_json, member) \
	}

static const struct spec_field rule_fields[] = {
	RULE("icrfix-rule", SPEC_VERSION, true, rule),
	RULE("id", SPEC_STRING, true, rule.id),
	RULE("title", SPEC_STRING, true, rule.title),
	RULE("severity", SPEC_STRING, true, severity),
	RULE("confidence", SPEC_STRING, true, rule.confidence),
	RULE("what", SPEC_STRING, true, rule.what),
	RULE("why", SPEC_STRING, true, rule.why),
	RULE("fix", SPEC_STRING, true, rule.fix),
	RULE("links", SPEC_STRINGS, false, rule.links),
	RULE("cocci", SPEC_STRING, true, cocci),
	RULE("paths", SPEC_STRINGS, true, rule.paths),
	RULE("tokens", SPEC_OBJECT, true, tokens),
	RULE("consults", SPEC_OBJECT, false, consults),
	RULE("granularity", SPEC_STRING, true, granularity),
	RULE("about", SPEC_STRING, false, about),
	RULE("use", SPEC_STRINGS, false, use),
	RULE("exempt", SPEC_OBJECTS, false, exempt),
	RULE("refactor", SPEC_STRING, false, rule.refactor),
	{ NULL, SPEC_END, false, 0 },
};

static const struct spec_field token_fields[] = {
	{ "all", SPEC_STRINGS, false, offsetof(struct tokens, all) },
	{ "any", SPEC_STRINGS, false, offsetof(struct tokens, any) },
	{ "file", SPEC_STRINGS, false, offsetof(struct tokens, file) },
	{ "words", SPEC_BOOL, false, offsetof(struct tokens, words) },
	{ NULL, SPEC_END, false, 0 },
};

static const struct spec_field consults_fields[] = {
	{ "paths", SPEC_STRINGS, true, offsetof(struct rule, consults) },
	{ "functions", SPEC_STRINGS, true, offsetof(struct rule, definitions) },
	{ NULL, SPEC_END, false, 0 },
};

static const struct spec_field exempt_fields[] = {
	{ "path", SPEC_STRING, true, offsetof(struct exempt, path) },
	{ "function", SPEC_STRING, true, offsetof(struct exempt, function) },
	{ "reason", SPEC_STRING, true, offsetof(struct exempt, reason) },
	{ NULL, SPEC_END, false, 0 },
};

static bool is_identifier(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s) && *s != '_')
			return false;
	return true;
}

static int check_identifiers(const struct spec *spec, const char *where, const char *key,
			     const struct strv *names, struct err *err)
{
	for (size_t i = 0; i < names->n; i++)
		if (!is_identifier(names->v[i]))
			return spec_error(spec, where, err, "\"%s\": '%s' is no C identifier", key,
					  names->v[i]);
	return 0;
}

int read_tokens(const struct spec *spec, json_t *object, struct tokens *tokens, struct err *err)
{
	if (spec_read(spec, object, "tokens", token_fields, tokens, err) ||
	    check_identifiers(spec, "tokens", "all", &tokens->all, err) ||
	    check_identifiers(spec, "tokens", "any", &tokens->any, err) ||
	    check_identifiers(spec, "tokens", "file", &tokens->file, err))
		return -1;
	if (!tokens->all.n && !tokens->any.n)
		return spec_error(spec, "tokens", err, "expected at least one identifier");
	return 0;
}

int check_id(const struct spec *spec, const char *id, struct err *err)
{
	const char *base = strrchr(spec->file, '/');
	size_t n = strlen(id);

	base = base ? base + 1 : spec->file;
	if (!n || strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != n)
		return spec_error(spec, "", err,
				  "\"id\": expected lower case letters, digits and "
				  "dashes, not '%s'",
				  id);
	if (strncmp(base, id, n) != 0 || strcmp(base + n, ".json") != 0)
		return spec_error(spec, "", err,
				  "\"id\" is '%s', so the file is to be named "
				  "%s.json",
				  id, id);
	return 0;
}

static int check_option(const struct cocci *cocci, const char *option, struct err *err)
{
	if (!strcmp(option, "--no-includes") || !strcmp(option, "--include-headers") ||
	    !strcmp(option, "--very-quiet"))
		return 0;
	return err_set(err,
		       "%s: Options: %s is not supported; --no-includes and "
		       "--include-headers are",
		       cocci->path, option);
}

/* The options of the line that coccicheck reads too. */
static int read_options(struct cocci *cocci, struct err *err)
{
	const char *line = strstr(cocci->text, "\n// Options:"), *p;
	size_t n;

	if (!line)
		return 0;
	p = line + strlen("\n// Options:");
	for (;;) {
		char *option;
		int rc;

		p += strspn(p, " \t");
		n = strcspn(p, " \t\r\n");
		if (!n)
			return 0;
		option = xstrndup(p, n);
		rc = check_option(cocci, option, err);
		if (rc || !strcmp(option, "--very-quiet"))
			free(option);
		else
			strv_take(&cocci->options, option);
		if (rc)
			return rc;
		p += n;
	}
}

int read_cocci(const struct spec *spec, const char *dir, const char *name, struct cocci *cocci,
	       struct err *err)
{
	struct buf text = BUF_INIT_MAX((size_t)1 << 20);

	if (strchr(name, '/') || *name == '.')
		return spec_error(spec, "", err,
				  "\"cocci\": expected the name of a file in cocci/");
	cocci->path = xasprintf("%s/cocci/%s", dir, name);
	if (buf_read_file(&text, cocci->path, err)) {
		buf_release(&text);
		return err_context(err, "%s: \"cocci\"", spec->file);
	}
	cocci->text = buf_detach(&text);
	return read_options(cocci, err);
}

/* A path from a tree's root that cannot lead out of it. */
static bool is_inside(const char *path)
{
	for (const char *p = path; *p; p += strcspn(p, "/"), p += *p == '/') {
		size_t n = strcspn(p, "/");

		if (!n || (n <= 2 && !strncmp(p, "..", n)))
			return false;
	}
	return *path && path[strlen(path) - 1] != '/';
}

static int read_consults(const struct spec *spec, json_t *object, struct rule *rule,
			 struct err *err)
{
	if (!object)
		return 0;
	if (spec_read(spec, object, "consults", consults_fields, rule, err) ||
	    check_identifiers(spec, "consults", "functions", &rule->definitions, err))
		return -1;
	if (!rule->consults.n || !rule->definitions.n)
		return spec_error(spec, "consults", err,
				  "expected at least one path and one function");
	for (size_t i = 0; i < rule->consults.n; i++)
		if (!is_inside(rule->consults.v[i]))
			return spec_error(spec, "consults", err,
					  "\"paths\": expected a file's path from the tree's root, "
					  "not '%s'",
					  rule->consults.v[i]);
	return 0;
}

static int read_exempt(const struct spec *spec, json_t *list, struct rule *rule, struct err *err)
{
	size_t n = json_array_size(list);

	rule->exempt = xcalloc(n, sizeof(*rule->exempt));
	for (; rule->n_exempt < n; rule->n_exempt++) {
		char where[32];

		snprintf(where, sizeof(where), "exempt[%zu]", rule->n_exempt);
		if (spec_read(spec, json_array_get(list, rule->n_exempt), where, exempt_fields,
			      &rule->exempt[rule->n_exempt], err)) {
			rule->n_exempt++;
			return -1;
		}
	}
	return 0;
}

static int read_severity(const struct spec *spec, const char *name, enum severity *to,
			 struct err *err)
{
	for (enum severity s = SEVERITY_NOTE; s <= SEVERITY_ERROR; s++) {
		if (!strcmp(name, severity_name(s))) {
			*to = s;
			return 0;
		}
	}
	return spec_error(spec, "", err, "\"severity\": expected note, warning or error, not '%s'",
			  name);
}

const char *purpose_name(enum purpose purpose)
{
	switch (purpose) {
	case PURPOSE_SCAN:
		return "scan";
	case PURPOSE_LINT:
		return "lint";
	case PURPOSE_REVIEW:
		break;
	}
	return "review";
}

bool rule_is_for(const struct rule *rule, enum purpose purpose)
{
	return rule->purpose >> purpose & 1;
}

/* Without the key: for everything. */
static int read_use(const struct spec *spec, const struct strv *words, bool given,
		    struct rule *rule, struct err *err)
{
	if (given && !words->n)
		return spec_error(spec, "", err, "\"use\": expected scan, lint or review");
	for (size_t i = 0; i < words->n; i++) {
		enum purpose p = PURPOSE_SCAN;

		while (p <= PURPOSE_REVIEW && strcmp(words->v[i], purpose_name(p)) != 0)
			p++;
		if (p > PURPOSE_REVIEW)
			return spec_error(spec, "", err,
					  "\"use\": expected scan, lint or review, not '%s'",
					  words->v[i]);
		rule->purpose |= 1U << p;
	}
	if (!given)
		rule->purpose = ~0U;
	return 0;
}

/* What a finding is about: the site (without the key), or the function around it. */
static int read_about(const struct spec *spec, const char *about, struct rule *rule,
		      struct err *err)
{
	rule->about_function = about && !strcmp(about, "function");
	if (about && !rule->about_function && strcmp(about, "site") != 0)
		return spec_error(spec, "", err, "\"about\": expected site or function, not '%s'",
				  about);
	return 0;
}

/* The words that are more than strings. */
static int settle(const struct spec *spec, const char *dir, struct rule_json *j, struct err *err)
{
	struct rule *rule = &j->rule;

	if (check_id(spec, rule->id, err) ||
	    read_severity(spec, j->severity, &rule->severity, err) ||
	    read_tokens(spec, j->tokens, &rule->tokens, err) ||
	    read_use(spec, &j->use, json_is_array(json_object_get(spec->root, "use")), rule, err) ||
	    read_about(spec, j->about, rule, err) || read_consults(spec, j->consults, rule, err) ||
	    read_exempt(spec, j->exempt, rule, err))
		return -1;
	if (strcmp(rule->confidence, "high") != 0 && strcmp(rule->confidence, "moderate") != 0 &&
	    strcmp(rule->confidence, "low") != 0)
		return spec_error(spec, "", err, "\"confidence\": expected high, moderate or low");
	if (!rule->paths.n)
		return spec_error(spec, "", err, "\"paths\": expected at least one glob");
	rule->whole_file = !strcmp(j->granularity, "file");
	if (!rule->whole_file && strcmp(j->granularity, "function") != 0)
		return spec_error(spec, "", err, "\"granularity\": expected function or file");
	return read_cocci(spec, dir, j->cocci, &rule->cocci, err);
}

static void set_digest(struct rule *rule, const struct spec *spec)
{
	char *json = json_dumps(spec->root, JSON_SORT_KEYS | JSON_COMPACT);
	struct buf text = BUF_INIT;

	buf_addf(&text, "%s\n%s", json ? json : "", rule->cocci.text);
	blob_id(text.p, text.len, rule->digest);
	buf_release(&text);
	free(json);
}

int rule_load(struct rule *rule, const char *dir, const char *file, struct err *err)
{
	struct rule_json j = { .tokens = NULL };
	struct spec spec;
	int rc = -1;

	if (spec_open(&spec, file, err))
		return -1;
	if (!spec_read(&spec, spec.root, "", rule_fields, &j, err) &&
	    !settle(&spec, dir, &j, err)) {
		set_digest(&j.rule, &spec);
		j.rule.file = xstrdup(file);
		rc = 0;
	}
	free(j.severity);
	free(j.granularity);
	free(j.about);
	strv_release(&j.use);
	free(j.cocci);
	spec_close(&spec);
	if (rc)
		rule_release(&j.rule);
	else
		*rule = j.rule;
	return rc;
}

void tokens_release(struct tokens *tokens)
{
	strv_release(&tokens->all);
	strv_release(&tokens->any);
	strv_release(&tokens->file);
}

void cocci_release(struct cocci *cocci)
{
	free(cocci->path);
	free(cocci->text);
	strv_release(&cocci->options);
}

void rule_release(struct rule *rule)
{
	free(rule->id);
	free(rule->title);
	free(rule->confidence);
	free(rule->what);
	free(rule->why);
	free(rule->fix);
	strv_release(&rule->links);
	strv_release(&rule->paths);
	tokens_release(&rule->tokens);
	strv_release(&rule->consults);
	strv_release(&rule->definitions);
	for (size_t i = 0; i < rule->n_exempt; i++) {
		free(rule->exempt[i].path);
		free(rule->exempt[i].function);
		free(rule->exempt[i].reason);
	}
	free(rule->exempt);
	free(rule->refactor);
	cocci_release(&rule->cocci);
	free(rule->file);
}

bool rule_wants_path(const struct rule *rule, const char *path)
{
	for (size_t i = 0; i < rule->paths.n; i++)
		if (glob_match(rule->paths.v[i], path))
			return true;
	return false;
}

const char *rule_exempts(const struct rule *rule, const char *path, const char *function)
{
	for (size_t i = 0; i < rule->n_exempt; i++)
		if (glob_match(rule->exempt[i].path, path) &&
		    !strcmp(rule->exempt[i].function, function))
			return rule->exempt[i].reason;
	return NULL;
}

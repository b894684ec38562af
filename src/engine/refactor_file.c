// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "rule_priv.h"

struct refactor_json {
	struct refactor r;
	char *cocci;
	json_t *tokens, *helpers, *commit, *stable_form, *verify;
};

#define FIELD(key, type, required, member)                                  \
	{                                                                   \
		key, type, required, offsetof(struct refactor_json, member) \
	}

static const struct spec_field refactor_fields[] = {
	FIELD("icrfix-refactor", SPEC_VERSION, true, r),
	FIELD("id", SPEC_STRING, true, r.id),
	FIELD("title", SPEC_STRING, true, r.title),
	FIELD("what", SPEC_STRING, true, r.what),
	FIELD("cocci", SPEC_STRING, true, cocci),
	FIELD("files", SPEC_STRINGS, true, r.files),
	FIELD("mends", SPEC_STRINGS, true, r.mends),
	FIELD("tokens", SPEC_OBJECT, true, tokens),
	FIELD("helpers", SPEC_OBJECTS, false, helpers),
	FIELD("stale_comments", SPEC_STRINGS, false, r.stale_comments),
	FIELD("functional_change", SPEC_BOOL, true, r.functional_change),
	FIELD("upstream", SPEC_STRING, false, r.upstream),
	FIELD("stable_form", SPEC_OBJECT, false, stable_form),
	FIELD("commit", SPEC_OBJECT, true, commit),
	FIELD("adapted", SPEC_STRING, false, r.adapted),
	FIELD("verify", SPEC_OBJECT, true, verify),
	{ NULL, SPEC_END, false, 0 },
};

struct stable_json {
	char *refactor, *commit;
};

static const struct spec_field stable_fields[] = {
	{ "refactor", SPEC_STRING, true, offsetof(struct stable_json, refactor) },
	{ "commit", SPEC_STRING, true, offsetof(struct stable_json, commit) },
	{ NULL, SPEC_END, false, 0 },
};

struct helper_json {
	char *file, *name, *before_function;
	struct strv text;
};

static const struct spec_field helper_fields[] = {
	{ "file", SPEC_STRING, true, offsetof(struct helper_json, file) },
	{ "name", SPEC_STRING, true, offsetof(struct helper_json, name) },
	{ "before_function", SPEC_STRING, true, offsetof(struct helper_json, before_function) },
	{ "text", SPEC_STRINGS, true, offsetof(struct helper_json, text) },
	{ NULL, SPEC_END, false, 0 },
};

struct commit_json {
	char *author, *date, *subject, *link;
	struct strv body, trailers;
};

static const struct spec_field commit_fields[] = {
	{ "author", SPEC_STRING, true, offsetof(struct commit_json, author) },
	{ "date", SPEC_STRING, true, offsetof(struct commit_json, date) },
	{ "subject", SPEC_STRING, true, offsetof(struct commit_json, subject) },
	{ "body", SPEC_STRINGS, true, offsetof(struct commit_json, body) },
	{ "trailers", SPEC_STRINGS, false, offsetof(struct commit_json, trailers) },
	{ "link", SPEC_STRING, false, offsetof(struct commit_json, link) },
	{ NULL, SPEC_END, false, 0 },
};

struct verify_json {
	struct strv gone;
	char *new;
};

static const struct spec_field verify_fields[] = {
	{ "gone", SPEC_STRINGS, true, offsetof(struct verify_json, gone) },
	{ "new", SPEC_STRING, true, offsetof(struct verify_json, new) },
	{ NULL, SPEC_END, false, 0 },
};

static char *join_lines(const struct strv *lines)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < lines->n; i++)
		buf_addf(&text, "%s\n", lines->v[i]);
	return buf_detach(&text);
}

static int read_helper(const struct spec *spec, json_t *object, struct refactor *r, struct err *err)
{
	struct helper_json j = { .text = STRV_INIT };
	char where[32];
	int rc;

	snprintf(where, sizeof(where), "helpers[%zu]", r->n_helpers);
	rc = spec_read(spec, object, where, helper_fields, &j, err);
	if (!rc && !strv_has(&r->files, j.file))
		rc = spec_error(spec, where, err, "\"file\": %s is not among \"files\"", j.file);
	r->helpers[r->n_helpers++] =
		(struct helper){ j.file, j.name, j.before_function, join_lines(&j.text) };
	strv_release(&j.text);
	return rc;
}

static int read_helpers(const struct spec *spec, json_t *list, struct refactor *r, struct err *err)
{
	json_t *item;
	size_t i;

	r->helpers = xcalloc(json_array_size(list), sizeof(*r->helpers));
	json_array_foreach(list, i, item)
		if (read_helper(spec, item, r, err))
			return -1;
	return 0;
}

static int check_person(const struct spec *spec, const char *author, struct err *err)
{
	const char *lt = strchr(author, '<'), *gt = strchr(author, '>');

	if (!lt || !gt || lt == author || gt < lt + 2 || gt[1])
		return spec_error(spec, "commit", err, "\"author\": expected Name <address>");
	return 0;
}

static int read_commit(const struct spec *spec, json_t *object, struct refactor *r, struct err *err)
{
	struct commit_json j = { .link = NULL };
	int rc = spec_read(spec, object, "commit", commit_fields, &j, err);

	r->author = j.author;
	r->date = j.date;
	r->subject = j.subject;
	r->link = j.link;
	r->trailers = j.trailers;
	r->body = join_lines(&j.body);
	strv_release(&j.body);
	return rc ? rc : check_person(spec, r->author, err);
}

static int read_verify(const struct spec *spec, json_t *object, struct refactor *r, struct err *err)
{
	struct verify_json j = { .new = NULL };
	int rc = spec_read(spec, object, "verify", verify_fields, &j, err);

	r->verify_gone = j.gone;
	r->verify_no_new = j.new && !strcmp(j.new, "none");
	if (!rc && !r->verify_no_new && strcmp(j.new, "any") != 0)
		rc = spec_error(spec, "verify", err, "\"new\": expected none or any");
	free(j.new);
	return rc;
}

static bool is_hex40(const char *s)
{
	return strlen(s) == 40 && strspn(s, "0123456789abcdef") == 40;
}

static int read_stable(const struct spec *spec, json_t *object, struct refactor *r, struct err *err)
{
	struct stable_json j = { NULL, NULL };
	int rc;

	if (!object)
		return 0;
	rc = spec_read(spec, object, "stable_form", stable_fields, &j, err);
	r->stable_refactor = j.refactor;
	r->stable_commit = j.commit;
	if (!rc && !is_hex40(j.commit))
		rc = spec_error(spec, "stable_form", err, "\"commit\": expected 40 hex digits");
	return rc;
}

static int settle(const struct spec *spec, const char *dir, struct refactor_json *j,
		  struct err *err)
{
	struct refactor *r = &j->r;

	if (check_id(spec, r->id, err) || read_tokens(spec, j->tokens, &r->tokens, err) ||
	    read_helpers(spec, j->helpers, r, err) || read_commit(spec, j->commit, r, err) ||
	    read_stable(spec, j->stable_form, r, err) || read_verify(spec, j->verify, r, err))
		return -1;
	if (!r->files.n)
		return spec_error(spec, "", err, "\"files\": expected at least one path");
	if (r->upstream && !is_hex40(r->upstream))
		return spec_error(spec, "", err, "\"upstream\": expected 40 hex digits");
	return read_cocci(spec, dir, j->cocci, &r->cocci, err);
}

int refactor_load(struct refactor *r, const char *dir, const char *file, struct err *err)
{
	struct refactor_json j = { .tokens = NULL };
	struct spec spec;
	int rc;

	if (spec_open(&spec, file, err))
		return -1;
	rc = spec_read(&spec, spec.root, "", refactor_fields, &j, err);
	if (!rc)
		rc = settle(&spec, dir, &j, err);
	free(j.cocci);
	spec_close(&spec);
	if (rc) {
		refactor_release(&j.r);
		return -1;
	}
	j.r.file = xstrdup(file);
	*r = j.r;
	return 0;
}

void refactor_release(struct refactor *r)
{
	free(r->id);
	free(r->title);
	free(r->what);
	strv_release(&r->files);
	strv_release(&r->mends);
	tokens_release(&r->tokens);
	for (size_t i = 0; i < r->n_helpers; i++) {
		free(r->helpers[i].file);
		free(r->helpers[i].name);
		free(r->helpers[i].before_function);
		free(r->helpers[i].text);
	}
	free(r->helpers);
	strv_release(&r->stale_comments);
	free(r->upstream);
	free(r->stable_refactor);
	free(r->stable_commit);
	free(r->author);
	free(r->date);
	free(r->subject);
	free(r->body);
	strv_release(&r->trailers);
	free(r->link);
	free(r->adapted);
	strv_release(&r->verify_gone);
	cocci_release(&r->cocci);
	free(r->file);
}

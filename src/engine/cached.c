// SPDX-License-Identifier: GPL-2.0-only
#include "cached.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static char *result_key(const struct cache *cache, const struct consults *consults,
			const char *blob)
{
	return xasprintf("%s %s %d %s %s%s", blob, consults->rule->digest, ENGINE_VERSION,
			 cache->spatch_identity, cache->whole_files ? "whole" : "slices",
			 consults->key);
}

/* Text of a tree may be of any encoding, JSON's is UTF-8: kept as hex then. */
static json_t *bytes(const char *s)
{
	json_t *json = json_string(s);
	struct buf hex = BUF_INIT;

	if (json)
		return json;
	for (; *s; s++)
		buf_addf(&hex, "%02x", (unsigned char)*s);
	json = json_pack("[s]", hex.p);
	buf_release(&hex);
	return json;
}

static char *unbytes(const json_t *json)
{
	const char *hex = json_string_value(json_array_get(json, 0));
	struct buf s = BUF_INIT;

	if (json_is_string(json))
		return xstrdup(json_string_value(json));
	buf_adds(&s, "");
	for (; hex && hex[0] && hex[1]; hex += 2) {
		char two[3] = { hex[0], hex[1], '\0' };

		buf_addc(&s, (char)strtol(two, NULL, 16));
	}
	return buf_detach(&s);
}

static json_t *finding_to_json(const struct finding *f)
{
	json_t *o = json_object(), *lines = json_array();

	for (size_t i = 0; i < f->n_lines; i++)
		json_array_append_new(lines, json_integer(f->lines[i]));
	json_object_set_new(o, "line", json_integer(f->line));
	json_object_set_new(o, "column", json_integer(f->column));
	json_object_set_new(o, "end_column", json_integer(f->end_column));
	json_object_set_new(o, "end_line", json_integer(f->end_line));
	json_object_set_new(o, "lines", lines);
	json_object_set_new(o, "function", bytes(f->function));
	json_object_set_new(o, "message", bytes(f->message));
	json_object_set_new(o, "snippet", bytes(f->snippet));
	json_object_set_new(o, "identity", bytes(f->identity));
	return o;
}

static void finding_from_json(const json_t *o, const struct rule *rule, struct findings *out)
{
	const json_t *lines = json_object_get(o, "lines");
	struct finding f = {
		.rule = xstrdup(rule->id),
		.severity = rule->severity,
		.line = (int)json_integer_value(json_object_get(o, "line")),
		.column = (int)json_integer_value(json_object_get(o, "column")),
		.end_column = (int)json_integer_value(json_object_get(o, "end_column")),
		.end_line = (int)json_integer_value(json_object_get(o, "end_line")),
		.function = unbytes(json_object_get(o, "function")),
		.message = unbytes(json_object_get(o, "message")),
		.snippet = unbytes(json_object_get(o, "snippet")),
		.identity = unbytes(json_object_get(o, "identity")),
	};

	f.n_lines = json_array_size(lines);
	f.lines = xcalloc(f.n_lines, sizeof(*f.lines));
	for (size_t i = 0; i < f.n_lines; i++)
		f.lines[i] = (int)json_integer_value(json_array_get(lines, i));
	findings_add(out, &f);
}

static void unseen_from_json(const json_t *o, const struct rule *rule, struct findings *out)
{
	struct unseen u = {
		.rule = xstrdup(rule->id),
		.line = (int)json_integer_value(json_object_get(o, "line")),
		.function = unbytes(json_object_get(o, "function")),
		.reason = unbytes(json_object_get(o, "reason")),
	};

	findings_add_unseen(out, &u);
}

bool cache_get(const struct cache *cache, const struct consults *consults, const char *blob,
	       struct findings *out)
{
	struct buf text = BUF_INIT;
	json_t *root = NULL, *item;
	char *key;
	size_t i;

	if (!cache->store)
		return false;
	key = result_key(cache, consults, blob);
	if (store_get(cache->store, "result", key, &text))
		root = json_loadb(text.p, text.len, 0, NULL);
	json_array_foreach(json_object_get(root, "findings"), i, item)
		finding_from_json(item, consults->rule, out);
	json_array_foreach(json_object_get(root, "unseen"), i, item)
		unseen_from_json(item, consults->rule, out);
	free(key);
	buf_release(&text);
	json_decref(root);
	return root != NULL;
}

void cache_put(const struct cache *cache, const struct consults *consults, const char *blob,
	       const struct findings *findings)
{
	json_t *root, *list, *unseen;
	char *key, *text;

	if (!cache->store)
		return;
	for (size_t i = 0; i < findings->n_unseen; i++)
		if (findings->unseen[i].transient)
			return;
	root = json_object();
	json_object_set_new(root, "findings", list = json_array());
	json_object_set_new(root, "unseen", unseen = json_array());
	for (size_t i = 0; i < findings->n; i++)
		json_array_append_new(list, finding_to_json(&findings->v[i]));
	for (size_t i = 0; i < findings->n_unseen; i++) {
		const struct unseen *u = &findings->unseen[i];
		json_t *o = json_object();

		json_object_set_new(o, "line", json_integer(u->line));
		json_object_set_new(o, "function", bytes(u->function));
		json_object_set_new(o, "reason", bytes(u->reason));
		json_array_append_new(unseen, o);
	}
	key = result_key(cache, consults, blob);
	text = json_dumps(root, JSON_COMPACT);
	if (text)
		store_put(cache->store, "result", key, text, strlen(text));
	free(text);
	free(key);
	json_decref(root);
}

static char *candidates_key(const char *tree, const char *question)
{
	char id[OID_HEX];

	blob_id(question, strlen(question), id);
	return xasprintf("%s %s %d", tree, id, ENGINE_VERSION);
}

bool cache_get_candidates(const struct cache *cache, const char *tree, const char *question,
			  struct strv *lines)
{
	struct buf text = BUF_INIT;
	char *key;
	bool found;

	if (!cache->store || !*tree)
		return false;
	key = candidates_key(tree, question);
	found = store_get(cache->store, "candidates", key, &text);
	/* Paths may hold anything but NUL. */
	for (size_t i = 0; found && i < text.len; i += strlen(text.p + i) + 1)
		strv_add(lines, text.p + i);
	free(key);
	buf_release(&text);
	return found;
}

void cache_put_candidates(const struct cache *cache, const char *tree, const char *question,
			  const struct strv *lines)
{
	struct buf text = BUF_INIT;
	char *key;

	if (!cache->store || !*tree)
		return;
	key = candidates_key(tree, question);
	buf_adds(&text, "");
	for (size_t i = 0; i < lines->n; i++)
		buf_add(&text, lines->v[i], strlen(lines->v[i]) + 1);
	store_put(cache->store, "candidates", key, text.p, text.len);
	free(key);
	buf_release(&text);
}

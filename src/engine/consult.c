// SPDX-License-Identifier: GPL-2.0-only
#include "consult.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

/* The id of what spatch gets to see of a file, wherever in the file it stands. */
static void visible_id(const struct consults *c, const struct consulted *file, char id[OID_HEX])
{
	char *slice = consulted_slice(c, file, c->whole);
	struct span rest = { slice, file->src.len }, line;
	struct buf text = BUF_INIT;

	while (text_line(&rest, &line)) {
		if (!span_trim(line).n)
			continue;
		buf_add(&text, line.p, line.n);
		buf_addc(&text, '\n');
	}
	blob_id(text.p, text.len, id);
	buf_release(&text);
	free(slice);
}

static void set_key(struct consults *c)
{
	struct buf key = BUF_INIT;

	buf_adds(&key, "");
	for (size_t i = 0; i < c->n; i++) {
		const struct consulted *file = &c->v[i];
		char id[OID_HEX] = "";

		if (file->text)
			visible_id(c, file, id);
		buf_addf(&key, " %s=%s", file->path, file->too_large ? "large" : id);
	}
	free(c->key);
	c->key = buf_detach(&key);
}

void consults_init(struct consults *c, const struct rule *rule, bool whole)
{
	*c = (struct consults){ .rule = rule, .whole = whole, .n = rule->consults.n };
	c->v = xcalloc(c->n, sizeof(*c->v));
	for (size_t i = 0; i < c->n; i++)
		c->v[i].path = rule->consults.v[i];
	set_key(c);
}

void consults_release(struct consults *c)
{
	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].text)
			source_release(&c->v[i].src);
		free(c->v[i].text);
	}
	free(c->v);
	free(c->key);
	*c = (struct consults){ .rule = NULL };
}

static void take_text(struct consulted *file, const char *text, size_t len)
{
	file->text = xmemdup(text, len);
	source_init(&file->src, file->text, len);
}

/* Read one that is there. */
static int read_file(struct consulted *file, struct reader *reader, struct err *err)
{
	struct snapshot_file found = { .path = (char *)(uintptr_t)file->path };
	const char *p;
	size_t len;
	int rc;

	memcpy(found.blob, file->blob, OID_HEX);
	rc = reader_read(reader, &found, &p, &len, err);
	if (rc < 0)
		return -1;
	file->too_large = rc;
	if (rc)
		return 0;
	take_text(file, p, len);
	return 0;
}

static int read_all(struct consults *c, struct snapshot *snap, const bool *there, struct err *err)
{
	struct reader *reader = NULL;
	int rc = 0;

	for (size_t i = 0; !rc && i < c->n; i++) {
		if (!there[i] || c->v[i].text || c->v[i].too_large)
			continue;
		if (!reader)
			rc = reader_open(&reader, snap, err);
		if (!rc)
			rc = read_file(&c->v[i], reader, err);
	}
	reader_close(reader);
	return rc;
}

int consults_find(struct consults *c, struct snapshot *snap, struct err *err)
{
	bool *there = xcalloc(c->n, sizeof(*there));
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < c->n; i++) {
		rc = snapshot_find(snap, c->v[i].path, c->v[i].blob, err);
		there[i] = !rc;
	}
	if (rc >= 0)
		rc = read_all(c, snap, there, err);
	free(there);
	set_key(c);
	return rc;
}

void consults_set(struct consults *c, const char *path, const char *text, size_t len)
{
	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].text || strcmp(c->v[i].path, path) != 0)
			continue;
		take_text(&c->v[i], text, len);
	}
	set_key(c);
}

bool consulted_defines(const struct consults *c, const struct function *fn)
{
	return strv_has(&c->rule->definitions, fn->name);
}

bool consulted_matters(const struct consults *c, const struct consulted *file)
{
	const struct strv *names = &c->rule->definitions;

	for (size_t i = 0; !file->src.doubt && i < file->src.n_functions; i++)
		if (consulted_defines(c, &file->src.functions[i]))
			return true;
	for (size_t i = 0; file->src.doubt && i < names->n; i++)
		if (token_find(names->v[i], file->src.code, file->src.len))
			return true;
	return false;
}

char *consulted_slice(const struct consults *c, const struct consulted *file, bool whole)
{
	bool all = whole || file->src.doubt;
	char *hide = xcalloc(file->src.n_functions, 1), *slice;

	for (size_t i = 0; !all && i < file->src.n_functions; i++)
		hide[i] = !consulted_defines(c, &file->src.functions[i]);
	slice = source_slice(&file->src, hide, !all);
	free(hide);
	return slice;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "json.h"

#include <stdlib.h>
#include <string.h>

json_t *json_text(const char *s)
{
	json_t *json = s ? json_string(s) : json_null();
	struct buf text = BUF_INIT;

	if (json)
		return json;
	/* Byte by byte: what cannot stand alone or begin a sequence is replaced. */
	while (*s) {
		size_t n = 4, left = strnlen(s, 4);

		for (n = left; n; n--) {
			json = json_stringn(s, n);
			if (json)
				break;
		}
		json_decref(json);
		if (n)
			buf_add(&text, s, n);
		else
			buf_adds(&text, "\xef\xbf\xbd");
		s += n ? n : 1;
	}
	json = json_string(text.p);
	buf_release(&text);
	return json;
}

json_t *json_strings(const struct strv *sv)
{
	json_t *list = json_array();

	for (size_t i = 0; i < sv->n; i++)
		json_array_append_new(list, json_text(sv->v[i]));
	return list;
}

json_t *json_finding(const struct finding *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "rule", json_text(f->rule));
	json_object_set_new(o, "severity", json_text(severity_name(f->severity)));
	json_object_set_new(o, "path", json_text(f->path));
	json_object_set_new(o, "line", json_integer(f->line));
	json_object_set_new(o, "column", json_integer(f->column));
	json_object_set_new(o, "end_line", json_integer(f->end_line));
	json_object_set_new(o, "function", *f->function ? json_text(f->function) : json_null());
	json_object_set_new(o, "message", json_text(f->message));
	json_object_set_new(o, "snippet", json_text(f->snippet));
	json_object_set_new(o, "fingerprint", json_text(f->fingerprint));
	json_object_set_new(o, "rev", json_text(f->rev));
	return o;
}

json_t *json_unseen(const struct unseen *u)
{
	json_t *o = json_object();

	json_object_set_new(o, "path", json_text(u->path));
	json_object_set_new(o, "function", *u->function ? json_text(u->function) : json_null());
	json_object_set_new(o, "line", u->line ? json_integer(u->line) : json_null());
	json_object_set_new(o, "reason", json_text(u->reason));
	json_object_set_new(o, "rule", json_text(u->rule));
	json_object_set_new(o, "rev", json_text(u->rev));
	return o;
}

json_t *json_tool(const char *spatch_version)
{
	return json_pack("{ssssss?}", "name", "icrfix", "version", ICRFIX_VERSION, "spatch",
			 spatch_version);
}

void json_emit(json_t *root, struct buf *out)
{
	char *text = json_dumps(root, JSON_INDENT(2) | JSON_PRESERVE_ORDER);

	buf_adds(out, text ? text : "");
	buf_addc(out, '\n');
	free(text);
	json_decref(root);
}

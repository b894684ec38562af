// SPDX-License-Identifier: GPL-2.0-only
#include "suppressions.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "json.h"
#include "style.h"

json_t *json_suppressed(const struct suppressed *s)
{
	json_t *o = json_finding(&s->finding);

	json_object_set_new(o, "reason", json_text(s->by->reason));
	json_object_set_new(o, "until", json_text(s->by->until));
	return o;
}

static json_t *json_entry(const struct suppression *e)
{
	json_t *o = json_object();

	json_object_set_new(o, "file", json_text(e->file));
	json_object_set_new(o, "entry", json_integer((json_int_t)e->entry));
	json_object_set_new(o, "fingerprint", json_text(e->fingerprint));
	json_object_set_new(o, "rule", json_text(e->rule));
	json_object_set_new(o, "path", json_text(e->path));
	json_object_set_new(o, "function", json_text(e->function));
	json_object_set_new(o, "reason", json_text(e->reason));
	json_object_set_new(o, "until", json_text(e->until));
	return o;
}

json_t *json_suppressions(const struct suppressions *s)
{
	json_t *expired = json_array(), *unused = json_array();

	for (size_t i = 0; s && i < s->n; i++) {
		if (s->v[i].expired)
			json_array_append_new(expired, json_entry(&s->v[i]));
		if (suppression_is_unused(&s->v[i]))
			json_array_append_new(unused, json_entry(&s->v[i]));
	}
	return json_pack("{soso}", "expired", expired, "unused", unused);
}

char *suppression_note(const struct suppression *e)
{
	struct buf note = BUF_INIT;

	if (!e->expired && !suppression_is_unused(e))
		return NULL;
	buf_addf(&note, "%s: suppressions[%zu]: ", e->file, e->entry);
	if (e->expired)
		buf_addf(&note, "expired after %s: ", e->until);
	else
		buf_adds(&note, "unused, there is no such finding: ");
	if (e->fingerprint)
		buf_addf(&note, "%s: ", e->fingerprint);
	else
		buf_addf(&note, "%s in %s%s%s%s: ", e->rule, e->path, *e->function ? ", " : "",
			 e->function, *e->function ? "()" : "");
	buf_adds(&note, e->reason);
	return buf_detach(&note);
}

void text_suppressions(struct buf *out, bool color, const struct suppressions *s)
{
	for (size_t i = 0; s && i < s->n; i++) {
		char *note = suppression_note(&s->v[i]);

		if (!note)
			continue;
		text_color(out, color, COLOR_YELLOW, "warning: ");
		text_visible(out, note, strlen(note), false);
		buf_addc(out, '\n');
		free(note);
	}
}

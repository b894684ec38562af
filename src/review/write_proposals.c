// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/text.h"
#include "report/json.h"
#include "write_priv.h"

static json_t *findings_json(const struct findings *fs)
{
	json_t *list = json_array();

	for (size_t i = 0; i < fs->n; i++)
		json_array_append_new(list, json_finding(&fs->v[i]));
	return list;
}

static json_t *unseen_json(const struct findings *fs)
{
	json_t *list = json_array();

	for (size_t i = 0; i < fs->n_unseen; i++)
		json_array_append_new(list, json_unseen(&fs->unseen[i]));
	return list;
}

static json_t *proposal_json(const struct review *r, const struct proposal *p)
{
	json_t *o = json_object();

	json_object_set_new(o, "message_id", json_text(p->message_id));
	json_object_set_new(o, "author", json_text(p->author));
	json_object_set_new(o, "kind", json_text(p->kind));
	json_object_set_new(o, "name", json_text(p->name));
	json_object_set_new(o, "patch",
			    p->patch == NOTE_SERIES ? json_null()
						    : json_integer(r->lint->patches[p->patch].n));
	json_object_set_new(o, "applied", json_boolean(p->applied));
	json_object_set_new(o, "onto", json_text(p->onto));
	json_object_set_new(o, "reason", json_text(p->reason));
	json_object_set_new(o, "fixes", findings_json(&p->fixes));
	json_object_set_new(o, "equals", json_text(p->equals));
	json_object_set_new(o, "notes", review_json_notes(r, &p->notes));
	json_object_set_new(o, "not_analysed", unseen_json(&p->fixes));
	return o;
}

json_t *review_json_proposals(const struct review *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->n_proposals; i++)
		json_array_append_new(list, proposal_json(r, &r->proposals[i]));
	return list;
}

static void add_safe(struct buf *out, const char *s)
{
	text_visible(out, s, strlen(s), false);
}

/* "== function f() of Name <addr>, put into the tree after 5/6" */
static void add_title(const struct proposal *p, struct buf *out)
{
	bool function = !strcmp(p->kind, "function");

	buf_addf(out, "\n== proposed: %s", p->kind);
	if (p->name) {
		buf_addc(out, ' ');
		add_safe(out, p->name);
		buf_adds(out, function ? "()" : "");
	}
	buf_adds(out, "\n   by ");
	add_safe(out, p->author);
	buf_adds(out, " in <");
	add_safe(out, p->message_id);
	buf_adds(out, ">\n");
}

static void add_line(struct buf *out, const char *what, const char *value)
{
	buf_addf(out, "   %s", what);
	add_safe(out, value);
	buf_addc(out, '\n');
}

static void add_result(const struct proposal *p, struct buf *out)
{
	if (!p->applied) {
		add_line(out, "could not be put into the tree: ", p->reason ? p->reason : "");
		return;
	}
	add_line(out, "put into the tree: ", p->onto);
	for (size_t i = 0; i < p->fixes.n; i++) {
		const struct finding *f = &p->fixes.v[i];

		buf_addf(out, "   mends %s in ", f->rule);
		add_safe(out, f->path);
		buf_addf(out, ":%d", f->line);
		if (*f->function) {
			buf_adds(out, ", ");
			add_safe(out, f->function);
			buf_adds(out, "()");
		}
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < p->fixes.n_unseen; i++)
		add_line(out, "could not be analysed: ", p->fixes.unseen[i].reason);
	if (p->equals)
		add_line(out, "gives the same file as the refactor ", p->equals);
	if (!p->notes.n)
		buf_adds(out, "   nothing to say against it\n");
}

void review_text_proposal(const struct review_report *report, const struct proposal *p,
			  struct buf *out)
{
	add_title(p, out);
	add_result(p, out);
	for (size_t i = 0; i < p->notes.n; i++)
		review_text_note(report, &p->notes.v[i], out);
}

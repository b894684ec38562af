// SPDX-License-Identifier: GPL-2.0-only
#include "report/json.h"
#include "report/lint_report.h"
#include "write_priv.h"

static json_t *note_json(const struct review *r, const struct note *n)
{
	const struct lint_patch *p = n->patch == NOTE_SERIES ? NULL : &r->lint->patches[n->patch];
	json_t *o = json_object();

	json_object_set_new(o, "check", json_text(n->check));
	json_object_set_new(o, "patch", p ? json_integer(p->n) : json_null());
	json_object_set_new(o, "message_id", p ? json_text(p->message_id) : json_null());
	json_object_set_new(o, "path", json_text(n->path));
	json_object_set_new(o, "line", n->line ? json_integer(n->line) : json_null());
	json_object_set_new(o, "column", n->column ? json_integer(n->column) : json_null());
	json_object_set_new(o, "side", json_text(note_side_name(n->side)));
	json_object_set_new(o, "severity", json_text(severity_name(n->severity)));
	json_object_set_new(o, "text", json_text(n->text));
	json_object_set_new(o, "evidence", json_text(n->evidence));
	json_object_set_new(o, "diff", json_text(n->diff));
	json_object_set_new(o, "said_by", json_text(n->author));
	json_object_set_new(o, "said_in", json_text(n->remark_id));
	json_object_set_new(o, "own_text", json_text(n->own_text));
	json_object_set_new(o, "links", json_strings(&n->links));
	return o;
}

json_t *review_json_notes(const struct review *r, const struct notes *notes)
{
	json_t *list = json_array();

	for (size_t i = 0; i < notes->n; i++)
		json_array_append_new(list, note_json(r, &notes->v[i]));
	return list;
}

static json_t *patches_json(const struct lint *lint)
{
	json_t *list = json_array();

	for (size_t i = 0; i < lint->n; i++) {
		const struct lint_patch *p = &lint->patches[i];
		struct buf trouble = BUF_INIT;
		json_t *o = json_object();

		lint_patch_trouble(p, &trouble);
		json_object_set_new(o, "n", json_integer(p->n));
		json_object_set_new(o, "m", json_integer(p->m));
		json_object_set_new(o, "subject", json_text(p->subject));
		json_object_set_new(o, "message_id", json_text(p->message_id));
		json_object_set_new(o, "commit", *p->commit ? json_text(p->commit) : json_null());
		json_object_set_new(o, "applied", json_text(lint_state_name(p->state)));
		json_object_set_new(o, "trouble", trouble.len ? json_text(trouble.p) : json_null());
		json_array_append_new(list, o);
		buf_release(&trouble);
	}
	return list;
}

static json_t *unseen_json(const struct lint *lint)
{
	json_t *list = json_array();

	for (size_t i = 0; i < lint->n; i++)
		for (size_t k = 0; k < lint->patches[i].news.n_unseen; k++) {
			json_t *u = json_unseen(&lint->patches[i].news.unseen[k]);

			json_object_set_new(u, "patch", json_integer(lint->patches[i].n));
			json_array_append_new(list, u);
		}
	return list;
}

void review_json(const struct review_report *report, struct buf *out)
{
	const struct review *r = report->review;
	json_t *root = json_object();

	json_object_set_new(root, "icrfix", json_integer(1));
	json_object_set_new(root, "tool", json_tool(report->spatch_version));
	json_object_set_new(root, "title", json_text(r->lint->title));
	json_object_set_new(root, "revision",
			    r->lint->revision ? json_integer(r->lint->revision) : json_null());
	json_object_set_new(root, "base", json_base(&r->lint->base));
	json_object_set_new(root, "patches", patches_json(r->lint));
	json_object_set_new(root, "notes", review_json_notes(r, &r->notes));
	json_object_set_new(root, "proposals", review_json_proposals(r));
	json_object_set_new(root, "revisions", review_json_revisions(r));
	json_object_set_new(root, "not_analysed", unseen_json(r->lint));
	json_emit(root, out);
}

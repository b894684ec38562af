// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "lint_report.h"
#include "suppressions.h"

static json_t *number(size_t n)
{
	return json_integer((json_int_t)n);
}

static json_t *place(const struct place *p)
{
	json_t *o = json_object();

	json_object_set_new(o, "path", json_text(p->path));
	json_object_set_new(o, "line", json_integer(p->line));
	json_object_set_new(o, "function", *p->function ? json_text(p->function) : json_null());
	return o;
}

static json_t *patch_number(const struct lint *lint, size_t index)
{
	return index == LINT_NONE ? json_null() : json_integer(lint->patches[index].n);
}

static void add_introduced(json_t *o, const struct lint_report *r, const struct judged *j)
{
	json_t *others = json_array();
	struct buf ordinal = BUF_INIT, message = BUF_INIT;

	lint_message(r, j, &message);
	judged_ordinal(j, &ordinal);
	for (size_t i = 0; i < j->n_others; i++)
		json_array_append_new(others, place(&j->others[i]));
	json_object_set_new(o, "message", json_text(message.p));
	json_object_set_new(o, "ordinal", ordinal.len ? json_text(ordinal.p) : json_null());
	json_object_set_new(o, "others", others);
	json_object_set_new(o, "fixed_by", patch_number(r->lint, j->partner));
	json_object_set_new(o, "suppressed",
			    j->suppressed ? json_pack("{soso}", "reason",
						      json_text(j->suppressed->reason), "until",
						      json_text(j->suppressed->until))
					  : json_null());
	buf_release(&ordinal);
	buf_release(&message);
}

static json_t *judged(const struct lint_report *r, const struct judged *j)
{
	json_t *o = json_finding(&j->finding);

	if (j->verdict == VERDICT_INTRODUCED) {
		add_introduced(o, r, j);
		return o;
	}
	json_object_set_new(o, "introduced_by", patch_number(r->lint, j->partner));
	if (j->verdict != VERDICT_FIXED)
		json_object_set_new(o, "was", place(&j->was));
	return o;
}

static json_t *judged_list(const struct lint_report *r, const struct lint_patch *p,
			   enum verdict verdict)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->n_judged; i++)
		if (p->v[i].verdict == verdict)
			json_array_append_new(list, judged(r, &p->v[i]));
	return list;
}

static json_t *refusal(const struct lint_patch *p)
{
	json_t *o;

	if (p->state != LINT_REFUSED)
		return json_null();
	o = json_object();
	json_object_set_new(o, "path", json_text(p->refused_path));
	json_object_set_new(o, "hunk", p->refused_hunk ? number(p->refused_hunk) : json_null());
	json_object_set_new(o, "line", p->refused_line ? number(p->refused_line) : json_null());
	json_object_set_new(o, "reason", json_text(p->refused_reason));
	return o;
}

static json_t *without(const struct lint *lint, size_t patch)
{
	json_t *list = json_array();

	for (size_t i = 0; !lint->single && (i = lint_without(lint, patch, i)) != LINT_NONE; i++)
		json_array_append_new(list, json_integer(lint->patches[i].n));
	return list;
}

static json_t *patch(const struct lint_report *r, size_t index)
{
	const struct lint *lint = r->lint;
	const struct lint_patch *p = &lint->patches[index];
	json_t *o = json_object();

	json_object_set_new(o, "n", json_integer(p->n));
	json_object_set_new(o, "m", json_integer(p->m));
	json_object_set_new(o, "subject", json_text(p->subject));
	json_object_set_new(o, "message_id", json_text(p->message_id));
	json_object_set_new(o, "commit", *p->commit ? json_text(p->commit) : json_null());
	json_object_set_new(o, "applied", json_text(lint_state_name(p->state)));
	json_object_set_new(o, "refused", refusal(p));
	json_object_set_new(o, "without", without(lint, index));
	json_object_set_new(o, "tree", json_text(p->tree));
	json_object_set_new(o, "introduced", judged_list(r, p, VERDICT_INTRODUCED));
	json_object_set_new(o, "fixed", judged_list(r, p, VERDICT_FIXED));
	json_object_set_new(o, "changed", judged_list(r, p, VERDICT_CHANGED));
	json_object_set_new(o, "moved", judged_list(r, p, VERDICT_MOVED));
	return o;
}

json_t *json_base(const struct base *b)
{
	static const char *const how[] = { "given", "told", "guessed", "parent", "none" };
	json_t *o = json_object();

	json_object_set_new(o, "how", json_text(how[b->how]));
	json_object_set_new(o, "name", json_text(b->name));
	json_object_set_new(o, "commit", *b->rev.commit ? json_text(b->rev.commit) : json_null());
	if (b->how == BASE_GUESSED) {
		json_object_set_new(o, "matched", number(b->matched));
		json_object_set_new(o, "of", number(b->asked));
		json_object_set_new(o, "ties", number(b->ties));
	}
	return o;
}

static json_t *summary(const struct lint_report *r)
{
	struct lint_counts c;

	lint_count(r, &c);
	return json_pack("{sIsIsIsIsIsIsI}", "introduced", (json_int_t)c.introduced, "failing",
			 (json_int_t)c.failing, "suppressed", (json_int_t)c.suppressed, "fixed",
			 (json_int_t)c.fixed, "not_applied", (json_int_t)c.refused, "missing",
			 (json_int_t)c.missing, "not_analysed", (json_int_t)c.not_analysed);
}

void lint_json(const struct lint_report *r, struct buf *out)
{
	const struct lint *lint = r->lint;
	json_t *root = json_object(), *patches = json_array(), *unseen = json_array();

	for (size_t i = 0; i < lint->n; i++) {
		const struct findings *news = &lint->patches[i].news;

		json_array_append_new(patches, patch(r, i));
		for (size_t k = 0; k < news->n_unseen; k++) {
			json_t *u = json_unseen(&news->unseen[k]);

			json_object_set_new(u, "patch", json_integer(lint->patches[i].n));
			json_array_append_new(unseen, u);
		}
	}
	json_object_set_new(root, "icrfix", json_integer(1));
	json_object_set_new(root, "tool", json_tool(r->spatch_version));
	json_object_set_new(root, "title", json_text(lint->title));
	json_object_set_new(root, "revision",
			    lint->revision ? json_integer(lint->revision) : json_null());
	json_object_set_new(root, "base", json_base(&lint->base));
	json_object_set_new(root, "notes", json_strings(&lint->notes));
	json_object_set_new(root, "patches", patches);
	json_object_set_new(root, "not_analysed", unseen);
	json_object_set_new(root, "suppressions", json_suppressions(r->suppressions));
	json_object_set_new(root, "summary", summary(r));
	json_emit(root, out);
}

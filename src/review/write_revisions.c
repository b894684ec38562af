// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/text.h"
#include "report/json.h"
#include "report/style.h"
#include "revision.h"
#include "write_priv.h"

static json_t *number(const struct series *s, size_t index)
{
	return index == PAIR_NONE ? json_null() : json_integer(s->patches[index].n);
}

static const char *subject_of(const struct revisions *rev, const struct patch_pair *p)
{
	if (p->new != PAIR_NONE && rev->new->patches[p->new].subject)
		return rev->new->patches[p->new].subject;
	return p->old != PAIR_NONE ? rev->old->patches[p->old].subject : NULL;
}

static json_t *patches_json(const struct revisions *rev)
{
	json_t *list = json_array();

	for (size_t i = 0; i < rev->patches.n; i++) {
		const struct patch_pair *p = &rev->patches.v[i];
		json_t *o = json_object();

		json_object_set_new(o, "n", number(rev->new, p->new));
		json_object_set_new(o, "old_n", number(rev->old, p->old));
		json_object_set_new(o, "subject", json_text(subject_of(rev, p)));
		json_object_set_new(o, "state", json_text(became_name(p->became)));
		json_object_set_new(o, "diff", json_text(p->diff));
		json_array_append_new(list, o);
	}
	return list;
}

static const char *side_name(char kind)
{
	if (kind == 'm')
		return "changelog";
	return kind == '-' ? "old" : "new";
}

static json_t *remark_json(const struct old_remark *r)
{
	json_t *o = json_object();

	json_object_set_new(o, "message_id", json_text(r->remark.message_id));
	json_object_set_new(o, "author", json_text(r->remark.author));
	json_object_set_new(o, "old_n", json_integer(r->n));
	json_object_set_new(o, "path", json_text(r->path));
	json_object_set_new(o, "line", r->line ? json_integer(r->line) : json_null());
	json_object_set_new(o, "side", json_text(side_name(r->side)));
	json_object_set_new(o, "quoted", json_text(r->quoted));
	json_object_set_new(o, "text", json_text(r->remark.text));
	json_object_set_new(o, "state", json_text(lines_became_name(r->became)));
	return o;
}

json_t *review_json_revisions(const struct review *r)
{
	const struct revisions *rev = r->revisions;
	json_t *o, *remarks;

	if (!rev)
		return json_null();
	o = json_object();
	remarks = json_array();
	for (size_t i = 0; i < rev->n; i++)
		json_array_append_new(remarks, remark_json(&rev->remarks[i]));
	json_object_set_new(o, "against", json_integer(rev->against));
	json_object_set_new(o, "patches", patches_json(rev));
	json_object_set_new(o, "remarks", remarks);
	return o;
}

static void add_safe(struct buf *out, const char *s)
{
	text_visible(out, s, strlen(s), false);
}

static void add_number(struct buf *out, const struct series *s, size_t index)
{
	if (index == PAIR_NONE)
		buf_adds(out, "-");
	else
		buf_addf(out, "%d/%d", s->patches[index].n, s->expected);
}

static void add_indented(struct buf *out, const char *text, const char *prefix)
{
	struct span rest = { text, strlen(text) }, line;

	while (text_line(&rest, &line)) {
		buf_adds(out, prefix);
		text_visible(out, line.p, line.n, false);
		buf_addc(out, '\n');
	}
}

static void add_pair(struct buf *out, const struct revisions *rev, const struct patch_pair *p)
{
	const char *subject = subject_of(rev, p);

	add_number(out, rev->old, p->old);
	buf_adds(out, " -> ");
	add_number(out, rev->new, p->new);
	buf_addf(out, " %s: ", became_name(p->became));
	add_safe(out, subject ? subject : "(no subject)");
	buf_addc(out, '\n');
	if (p->diff)
		add_indented(out, p->diff, "    ");
}

static void add_remark(struct buf *out, const struct revisions *rev, const struct old_remark *r)
{
	struct buf safe = BUF_INIT;

	buf_addf(out, "\n%d/%d ", r->n, rev->old->expected);
	if (r->path) {
		add_safe(out, r->path);
		buf_addf(out, ":%d%s", r->line, r->side == '-' ? " (before)" : "");
	} else {
		buf_addf(out, "changelog:%d", r->line);
	}
	if (r->became == LINES_UNKNOWN)
		buf_adds(out, ": what became of the lines is not known\n");
	else
		buf_addf(out, ": the lines are %s\n", lines_became_name(r->became));
	add_indented(out, r->quoted, "  | ");
	add_safe(&safe, r->remark.text);
	text_wrap(out, 2, safe.p);
	buf_adds(out, "  by ");
	add_safe(out, r->remark.author);
	buf_adds(out, " in <");
	add_safe(out, r->remark.message_id);
	buf_adds(out, ">\n");
	buf_release(&safe);
}

void review_text_revisions(const struct review_report *report, struct buf *out)
{
	const struct revisions *rev = report->review->revisions;
	struct buf title = BUF_INIT;

	if (!rev)
		return;
	buf_addf(&title, "== compared with v%d", rev->against);
	buf_addc(out, '\n');
	text_color(out, report->color, COLOR_CYAN, title.p);
	buf_addc(out, '\n');
	for (size_t i = 0; i < rev->patches.n; i++)
		add_pair(out, rev, &rev->patches.v[i]);
	if (rev->n) {
		buf_clear(&title);
		buf_addf(&title, "== remarks on v%d", rev->against);
		buf_addc(out, '\n');
		text_color(out, report->color, COLOR_CYAN, title.p);
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < rev->n; i++)
		add_remark(out, rev, &rev->remarks[i]);
	buf_release(&title);
}

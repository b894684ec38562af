// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "backport.h"
#include "report/json.h"
#include "base/text.h"
#include "report/style.h"

static enum text_color state_color(enum backport_state state)
{
	switch (state) {
	case BACKPORT_DONE:
		return COLOR_GREEN;
	case BACKPORT_NOT_AFFECTED:
		return COLOR_CYAN;
	case BACKPORT_HUMAN:
		return COLOR_YELLOW;
	case BACKPORT_FAILED:
		break;
	}
	return COLOR_RED;
}

static void add_safe(struct buf *out, const char *s)
{
	text_visible(out, s, strlen(s), false);
}

static void add_place(struct buf *out, const char *what, const char *path, int line,
		      const char *function)
{
	buf_addf(out, "  %-10s ", what);
	add_safe(out, path);
	buf_addf(out, ":%d", line);
	if (*function) {
		buf_adds(out, " in ");
		add_safe(out, function);
		buf_adds(out, "()");
	}
}

static void add_outcome(const struct backport_report *r, const struct outcome *o, struct buf *out)
{
	add_safe(out, o->target->ref);
	buf_adds(out, ": ");
	text_color(out, r->color, state_color(o->state), backport_state_name(o->state));
	if (o->state == BACKPORT_DONE && r->bp->dry_run)
		buf_addf(out, " (dry run: nothing was written)");
	buf_addc(out, '\n');
	if (o->reason) {
		buf_adds(out, "  reason     ");
		add_safe(out, o->reason);
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < o->n_converted; i++) {
		add_place(out, "converted", o->converted[i].path, o->converted[i].at,
			  o->converted[i].function);
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < o->left.n; i++) {
		const struct finding *f = &o->left.v[i];

		add_place(out, "left", f->path, f->line, f->function);
		buf_addf(out, " [%s]\n", f->rule);
	}
	for (size_t i = 0; i < o->left.n_unseen; i++) {
		const struct unseen *u = &o->left.unseen[i];

		add_place(out, "not seen", u->path, u->line, u->function);
		buf_addf(out, ": %s [%s]\n", u->reason, u->rule);
	}
	for (size_t i = 0; i < o->notes.n; i++) {
		buf_adds(out, "  look at    ");
		add_safe(out, o->notes.v[i]);
		buf_addc(out, '\n');
	}
	if (o->branch)
		buf_addf(out, "  branch     %s%s%.12s\n", o->branch, *o->commit ? " at " : "",
			 o->commit);
	if (o->mail_name && strcmp(r->bp->mail_dir, "-") != 0)
		buf_addf(out, "  mail       %s/%s%s\n", r->bp->mail_dir, o->mail_name,
			 r->bp->dry_run ? " (not written)" : "");
}

static bool any_done(const struct backport_report *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->outcomes[i].state == BACKPORT_DONE)
			return true;
	return false;
}

void backport_text(const struct backport_report *r, struct buf *out)
{
	const struct refactor *refactor = r->bp->refactor;

	for (size_t i = 0; i < r->n; i++)
		add_outcome(r, &r->outcomes[i], out);
	if (!any_done(r) || refactor->upstream)
		return;
	buf_addf(out, "\n%s is not in mainline in this form, so stable@ cannot take it.\n",
		 refactor->id);
	if (refactor->stable_commit)
		buf_addf(out, "The form that stable can take is %s, upstream commit %.12s.\n",
			 refactor->stable_refactor, refactor->stable_commit);
}

static json_t *converted_json(const struct outcome *o)
{
	json_t *list = json_array();

	for (size_t i = 0; i < o->n_converted; i++) {
		json_t *c = json_object();

		json_object_set_new(c, "path", json_text(o->converted[i].path));
		json_object_set_new(c, "line", json_integer(o->converted[i].at));
		json_object_set_new(c, "function", json_text(o->converted[i].function));
		json_array_append_new(list, c);
	}
	return list;
}

static json_t *outcome_json(const struct backport_report *r, const struct outcome *o)
{
	json_t *t = json_object(), *left = json_array(), *unseen = json_array();
	struct buf mail = BUF_INIT;

	for (size_t i = 0; i < o->left.n; i++)
		json_array_append_new(left, json_finding(&o->left.v[i]));
	json_object_set_new(t, "target", json_text(o->target->name));
	json_object_set_new(t, "ref", json_text(o->target->ref));
	json_object_set_new(t, "tip", json_text(o->target->tip.commit));
	json_object_set_new(t, "state", json_text(backport_state_name(o->state)));
	json_object_set_new(t, "reason", json_text(o->reason));
	json_object_set_new(t, "converted", converted_json(o));
	json_object_set_new(t, "left", left);
	for (size_t i = 0; i < o->left.n_unseen; i++)
		json_array_append_new(unseen, json_unseen(&o->left.unseen[i]));
	json_object_set_new(t, "not_analysed", unseen);
	json_object_set_new(t, "notes", json_strings(&o->notes));
	json_object_set_new(t, "branch", json_text(o->branch));
	json_object_set_new(t, "commit", *o->commit ? json_text(o->commit) : json_null());
	if (o->mail_name && strcmp(r->bp->mail_dir, "-") != 0)
		buf_addf(&mail, "%s/%s", r->bp->mail_dir, o->mail_name);
	json_object_set_new(t, "mail", json_text(mail.p));
	buf_release(&mail);
	return t;
}

void backport_json(const struct backport_report *r, struct buf *out)
{
	const struct refactor *refactor = r->bp->refactor;
	json_t *root = json_object(), *targets = json_array(), *about = json_object();

	for (size_t i = 0; i < r->n; i++)
		json_array_append_new(targets, outcome_json(r, &r->outcomes[i]));
	json_object_set_new(about, "id", json_text(refactor->id));
	json_object_set_new(about, "upstream", json_text(refactor->upstream));
	json_object_set_new(about, "stable_form", json_text(refactor->stable_commit));
	json_object_set_new(root, "icrfix", json_integer(1));
	json_object_set_new(root, "tool", json_tool(spatch_version(r->bp->engine->spatch)));
	json_object_set_new(root, "refactor", about);
	json_object_set_new(root, "dry_run", json_boolean(r->bp->dry_run));
	json_object_set_new(root, "targets", targets);
	json_object_set_new(root, "warnings", json_strings(r->warnings));
	json_emit(root, out);
}

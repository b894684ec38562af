// SPDX-License-Identifier: GPL-2.0-only
#include "delta.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report/json.h"

/* A finding as far as a delta needs it. */
static json_t *brief(const struct finding *f)
{
	json_t *o = json_object();

	json_object_set_new(o, "rule", json_text(f->rule));
	json_object_set_new(o, "path", json_text(f->path));
	json_object_set_new(o, "line", json_integer(f->line));
	json_object_set_new(o, "function", *f->function ? json_text(f->function) : json_null());
	json_object_set_new(o, "message", json_text(f->message));
	json_object_set_new(o, "fingerprint", json_text(f->fingerprint));
	return o;
}

static char *text_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return xstrdup(s ? s : "");
}

static void add_kept(struct findings *fs, const json_t *o)
{
	char *print = text_of(o, "fingerprint");
	struct finding f = {
		.rule = text_of(o, "rule"),
		.path = text_of(o, "path"),
		.line = (int)json_integer_value(json_object_get(o, "line")),
		.function = text_of(o, "function"),
		.message = text_of(o, "message"),
		.identity = text_of(o, "identity"),
	};

	snprintf(f.fingerprint, sizeof(f.fingerprint), "%s", print);
	findings_add(fs, &f);
	free(print);
}

/* Whether it is in the tree that the series leaves. */
static bool stays(const struct judged *j)
{
	return j->verdict == VERDICT_INTRODUCED && j->partner == LINT_NONE;
}

/* Those that count, or those that are suppressed, as they are after the last patch. */
static json_t *kept(const struct lint *lint, bool suppressed)
{
	json_t *list = json_array();

	for (size_t i = 0; i < lint->n; i++) {
		for (size_t k = 0; k < lint->patches[i].n_judged; k++) {
			const struct judged *j = &lint->patches[i].v[k];
			json_t *o;

			if (!stays(j) || judged_counts(j) == suppressed)
				continue;
			o = brief(&j->finding);
			json_object_set_new(o, "fingerprint", json_text(j->now));
			json_object_set_new(o, "identity", json_text(j->finding.identity));
			json_array_append_new(list, o);
		}
	}
	return list;
}

char *delta_findings(const struct lint *lint)
{
	json_t *list = kept(lint, false);
	char *text = json_dumps(list, JSON_COMPACT | JSON_PRESERVE_ORDER);

	json_decref(list);
	return text;
}

/* The reference to the list is dropped. */
static void read_kept(struct findings *fs, json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		add_kept(fs, json_array_get(list, i));
	json_decref(list);
}

void delta_make(const struct watch_before *before, const struct lint *lint, bool whole,
		struct delta *out)
{
	*out = (struct delta){ .revision = before->revision, .whole = whole };
	if (!before->revision)
		return;
	out->message_id = xstrdup(before->message_id);
	out->before_whole = before->whole;
	read_kept(&out->before, json_loads(before->findings, 0, NULL));
	read_kept(&out->after, kept(lint, false));
	out->n_after = out->after.n;
	/* What is suppressed now is not fixed. */
	read_kept(&out->after, kept(lint, true));
	verdict_pair(&out->before, &out->after, NULL, 0, &out->verdicts);
	for (size_t i = 0; i < out->n_after; i++) {
		out->still += out->verdicts.was[i] != VERDICT_ALONE;
		out->fresh += out->verdicts.was[i] == VERDICT_ALONE;
	}
	for (size_t i = 0; i < out->before.n; i++)
		out->gone += out->verdicts.before[i] == VERDICT_FIXED;
}

static void add_place(struct buf *out, const struct finding *f)
{
	text_visible(out, f->path, strlen(f->path), false);
	buf_addf(out, ":%d", f->line);
	if (*f->function) {
		buf_adds(out, " in ");
		text_visible(out, f->function, strlen(f->function), false);
		buf_adds(out, "()");
	}
}

static void add_line(struct buf *out, const char *word, const struct finding *f)
{
	buf_addf(out, "  %-12s ", word);
	add_place(out, f);
	buf_addf(out, " [%s]\n", f->rule);
}

/* The older finding that the i-th one was in other words or elsewhere; NULL. */
static const struct finding *was(const struct delta *d, size_t i)
{
	enum verdict v = d->verdicts.after[i];

	return v == VERDICT_CHANGED || v == VERDICT_MOVED ? &d->before.v[d->verdicts.was[i]] : NULL;
}

static void add_still(struct buf *out, const struct delta *d, size_t i)
{
	add_line(out, "still there:", &d->after.v[i]);
	if (!was(d, i))
		return;
	buf_addf(out, "  %-12s %s from ", "", verdict_name(d->verdicts.after[i]));
	add_place(out, was(d, i));
	buf_addc(out, '\n');
}

static void add_head(const struct delta *d, struct buf *out)
{
	buf_addf(out, "Since v%d (", d->revision);
	text_visible(out, d->message_id, strlen(d->message_id), false);
	buf_addf(out, "): %zu still there, %zu %s, %zu new\n", d->still, d->gone,
		 d->whole ? "fixed" : "no longer seen", d->fresh);
	if (!d->before_whole)
		buf_addf(out, "  (not all of v%d could be looked at)\n", d->revision);
	if (!d->whole)
		buf_adds(out, "  (not all of this revision could be looked at)\n");
}

void delta_text(const struct delta *d, struct buf *out)
{
	if (!d->revision)
		return;
	add_head(d, out);
	for (size_t i = 0; i < d->n_after; i++)
		if (d->verdicts.was[i] != VERDICT_ALONE)
			add_still(out, d, i);
	for (size_t i = 0; i < d->before.n; i++)
		if (d->verdicts.before[i] == VERDICT_FIXED)
			add_line(out, d->whole ? "fixed:" : "not seen:", &d->before.v[i]);
	for (size_t i = 0; i < d->n_after; i++)
		if (d->verdicts.was[i] == VERDICT_ALONE)
			add_line(out, "new:", &d->after.v[i]);
	buf_addc(out, '\n');
}

static json_t *still_list(const struct delta *d)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->n_after; i++) {
		json_t *o = d->verdicts.was[i] == VERDICT_ALONE ? NULL : brief(&d->after.v[i]);

		if (!o)
			continue;
		json_object_set_new(o, "was", was(d, i) ? brief(was(d, i)) : json_null());
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *new_list(const struct delta *d)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->n_after; i++)
		if (d->verdicts.was[i] == VERDICT_ALONE)
			json_array_append_new(list, brief(&d->after.v[i]));
	return list;
}

static json_t *gone_list(const struct delta *d)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->before.n; i++)
		if (d->verdicts.before[i] == VERDICT_FIXED)
			json_array_append_new(list, brief(&d->before.v[i]));
	return list;
}

json_t *delta_json(const struct delta *d)
{
	json_t *o;

	if (!d->revision)
		return json_null();
	o = json_object();
	json_object_set_new(o, "revision", json_integer(d->revision));
	json_object_set_new(o, "message_id", json_text(d->message_id));
	json_object_set_new(o, "whole", json_boolean(d->before_whole && d->whole));
	json_object_set_new(o, "still_there", still_list(d));
	json_object_set_new(o, "fixed", d->whole ? gone_list(d) : json_array());
	json_object_set_new(o, "not_seen", d->whole ? json_array() : gone_list(d));
	json_object_set_new(o, "new", new_list(d));
	return o;
}

void delta_release(struct delta *d)
{
	free(d->message_id);
	findings_release(&d->before);
	findings_release(&d->after);
	verdicts_release(&d->verdicts);
	*d = (struct delta){ .revision = 0 };
}

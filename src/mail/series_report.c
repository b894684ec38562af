// SPDX-License-Identifier: GPL-2.0-only
#include "series_report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

static void show(struct buf *out, const char *s)
{
	text_visible(out, s, strlen(s), false);
}

/* A column: cut or filled to WIDTH characters. */
static void column(struct buf *out, const char *s, size_t width)
{
	struct buf cell = BUF_INIT;
	size_t i = 0, shown = 0;
	uint32_t cp;

	buf_adds(&cell, "");
	show(&cell, s);
	while (i < cell.len && shown < width) {
		int n = utf8_decode(cell.p + i, cell.len - i, &cp);

		i += n ? (size_t)n : 1;
		shown++;
	}
	buf_add(out, cell.p, i);
	buf_addf(out, "%*s", (int)(width - shown), "");
	buf_release(&cell);
}

static void head(const struct series *s, struct buf *out)
{
	if (!s->title) {
		buf_adds(out, "no patch series here\n");
		return;
	}
	buf_addf(out, "v%d  ", s->revision);
	show(out, s->title);
	buf_addf(out, "\n%d of %d patches", s->found, s->expected);
	if (s->has_cover) {
		buf_adds(out, ", cover letter by ");
		show(out, s->cover.author.name[0] ? s->cover.author.name : s->cover.author.addr);
	}
	buf_adds(out, "\n\n");
}

static void row(const struct series_patch *p, struct buf *out)
{
	char *n = xasprintf("%d/%d", p->n, p->m);

	buf_adds(out, "  ");
	column(out, n, 9);
	free(n);
	if (p->missing)
		column(out, "MISSING", 22);
	else
		column(out, p->author.name[0] ? p->author.name : p->author.addr, 22);
	buf_adds(out, "  ");
	show(out, p->subject ? p->subject : "?");
	buf_addc(out, '\n');
	for (size_t i = 0; i < p->taken.n; i++) {
		char *line = trailer_line(&p->taken.v[i]);

		buf_addf(out, "%*s+ ", 11, "");
		show(out, line);
		buf_addc(out, '\n');
		free(line);
	}
}

static void refused_text(const struct series *s, struct buf *out)
{
	if (s->n_refused)
		buf_adds(out, "\ntrailers not taken\n");
	for (size_t i = 0; i < s->n_refused; i++) {
		const struct refused *r = &s->refused[i];
		char *line = trailer_line(&r->trailer);

		buf_adds(out, "  ");
		show(out, line);
		buf_addf(out, "\n    %s (", r->reason);
		show(out, r->message_id);
		buf_adds(out, ")\n");
		free(line);
	}
}

static void embedded_text(const struct series *s, struct buf *out)
{
	if (s->embedded.n)
		buf_adds(out, "\nin the replies\n");
	for (size_t i = 0; i < s->embedded.n; i++) {
		const struct embedded *e = &s->embedded.v[i];

		buf_addf(out, "  %-9s", e->is_patch ? "patch" : "diff");
		column(out, e->author.name[0] ? e->author.name : e->author.addr, 22);
		buf_adds(out, "  ");
		show(out, e->subject);
		buf_adds(out, "\n           in ");
		show(out, e->message_id);
		buf_addc(out, '\n');
	}
}

static void field(struct buf *out, const char *name, const char *value)
{
	if (!value)
		return;
	buf_addf(out, "%-13s", name);
	show(out, value);
	buf_addc(out, '\n');
}

void series_text(const struct series *s, const struct series_files *files, struct buf *out)
{
	head(s, out);
	for (int n = 0; n < s->expected; n++)
		row(&s->patches[n], out);
	refused_text(s, out);
	embedded_text(s, out);
	if (out->len)
		buf_addc(out, '\n');
	for (size_t i = 0; i < s->warnings.n; i++)
		field(out, "warning:", s->warnings.v[i]);
	field(out, "base-commit:", s->base_commit);
	for (size_t i = 0; i < s->prerequisites.n; i++)
		field(out, "needs:", s->prerequisites.v[i]);
	field(out, "attestation:", "not checked");
	field(out, "mbox:", files->mbox);
	field(out, "cover:", files->cover);
}

static json_t *string(const char *s)
{
	char *valid;
	json_t *j;

	if (!s)
		return json_null();
	valid = text_valid_dup(s, strlen(s));
	j = json_string(valid);
	free(valid);
	return j;
}

static json_t *address(const struct address *a)
{
	char *text;
	json_t *j;

	if (!a->addr)
		return json_null();
	text = address_format(a);
	j = string(text);
	free(text);
	return j;
}

/* RFC 3339, in the author's zone. */
static json_t *date(long long when, int tz)
{
	time_t local = when + tz * 60LL;
	struct tm tm;
	char *text;
	json_t *j;

	if (!gmtime_r(&local, &tm) || tm.tm_year > 8099 || tm.tm_year < 0)
		return json_null();
	text = xasprintf("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", tm.tm_year + 1900,
			 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
			 tz < 0 ? '-' : '+', abs(tz) / 60, abs(tz) % 60);
	j = json_string(text);
	free(text);
	return j;
}

static void set(json_t *o, const char *key, json_t *value)
{
	json_object_set_new(o, key, value);
}

static json_t *cover_json(const struct series *s)
{
	json_t *o;

	if (!s->has_cover)
		return json_null();
	o = json_object();
	set(o, "subject", string(s->cover.subject));
	set(o, "message_id", string(s->cover.message_id));
	set(o, "author", address(&s->cover.author));
	set(o, "date", date(s->cover.date, s->cover.tz));
	return o;
}

static json_t *patch_json(const struct series_patch *p)
{
	json_t *o = json_object(), *trailers = json_array();

	for (size_t i = 0; i < p->taken.n; i++) {
		char *line = trailer_line(&p->taken.v[i]);

		json_array_append_new(trailers, string(line));
		free(line);
	}
	set(o, "n", json_integer(p->n));
	set(o, "m", json_integer(p->m));
	set(o, "subject", string(p->subject));
	set(o, "message_id", string(p->message_id));
	set(o, "author", address(&p->author));
	set(o, "date", p->missing ? json_null() : date(p->date, p->tz));
	set(o, "trailers", trailers);
	set(o, "missing", json_boolean(p->missing));
	return o;
}

static json_t *refused_json(const struct refused *r)
{
	json_t *o = json_object();
	char *line = trailer_line(&r->trailer);

	set(o, "trailer", string(line));
	set(o, "message_id", string(r->message_id));
	set(o, "reason", string(r->reason));
	free(line);
	return o;
}

static json_t *embedded_json(const struct embedded *e)
{
	json_t *o = json_object();

	set(o, "message_id", string(e->message_id));
	set(o, "kind", json_string(e->is_patch ? "patch" : "diff"));
	set(o, "subject", string(e->subject));
	set(o, "author", address(&e->author));
	return o;
}

static json_t *strings(const struct strv *sv)
{
	json_t *a = json_array();

	for (size_t i = 0; i < sv->n; i++)
		json_array_append_new(a, string(sv->v[i]));
	return a;
}

void series_json(const struct series *s, const struct series_files *files, struct buf *out)
{
	json_t *o = json_object(), *patches = json_array(), *refused = json_array();
	json_t *embedded = json_array();
	char *text;

	for (int n = 0; n < s->expected; n++)
		json_array_append_new(patches, patch_json(&s->patches[n]));
	for (size_t i = 0; i < s->n_refused; i++)
		json_array_append_new(refused, refused_json(&s->refused[i]));
	for (size_t i = 0; i < s->embedded.n; i++)
		json_array_append_new(embedded, embedded_json(&s->embedded.v[i]));
	set(o, "icrfix", json_integer(1));
	set(o, "revision", s->title ? json_integer(s->revision) : json_null());
	set(o, "expected", json_integer(s->expected));
	set(o, "found", json_integer(s->found));
	set(o, "attestation", json_null());
	set(o, "cover", cover_json(s));
	set(o, "patches", patches);
	set(o, "trailers_refused", refused);
	set(o, "embedded", embedded);
	set(o, "base_commit", string(s->base_commit));
	set(o, "prerequisites", strings(&s->prerequisites));
	set(o, "warnings", strings(&s->warnings));
	set(o, "mbox", string(files->mbox));
	text = json_dumps(o, JSON_INDENT(2) | JSON_ENSURE_ASCII);
	buf_addf(out, "%s\n", text ? text : "{}");
	free(text);
	json_decref(o);
}

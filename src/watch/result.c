// SPDX-License-Identifier: GPL-2.0-only
#include "result.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/text.h"
#include "mail/archive.h"
#include "report/json.h"
#include "tree/repo.h"

#define MAX_SLUG 52

/* What a posting comes to, all zero when it was not linted. */
static struct lint_counts counts(const struct told *t)
{
	struct lint_counts c = { 0 };

	if (t->report)
		lint_count(t->report, &c);
	return c;
}

bool result_matters(const struct told *t)
{
	struct lint_counts c = counts(t);

	return t->trouble || c.introduced || c.refused || c.missing || c.not_analysed ||
	       t->delta->gone;
}

/* The cover letter, else the first patch; NULL when there is neither. */
static const struct series_patch *first(const struct told *t)
{
	return t->series->found ? series_first(t->series) : NULL;
}

static const char *first_id(const struct told *t)
{
	return first(t) ? first(t)->message_id : t->message_id;
}

static char *link_of(const struct told *t)
{
	char *id = archive_escape(first_id(t)), *link = xasprintf("%s%s/", t->watch->archive, id);

	free(id);
	return link;
}

static char *subject_of(const struct series_patch *p)
{
	return xasprintf("[%s] %s", p->prefix, p->subject);
}

/* "NAME: text", as it can be shown. */
static void add_field(struct buf *out, const char *name, char *text)
{
	buf_addf(out, "%s: ", name);
	text_visible(out, text, strlen(text), false);
	buf_addc(out, '\n');
	free(text);
}

static void add_head(const struct told *t, struct buf *out)
{
	const struct series_patch *p = first(t);

	if (p) {
		add_field(out, "Subject", subject_of(p));
		add_field(out, "From", address_format(&p->sender));
		add_field(out, "Date", message_date(p->date, p->tz));
	}
	add_field(out, "Message-ID", xasprintf("<%s>", first_id(t)));
	add_field(out, "Link", link_of(t));
	buf_addc(out, '\n');
}

/* What the report of a lint has among its notes. */
static void add_notes(const struct series *s, struct buf *out)
{
	for (size_t i = 0; i < s->warnings.n; i++) {
		buf_adds(out, "note: ");
		text_visible(out, s->warnings.v[i], strlen(s->warnings.v[i]), false);
		buf_addc(out, '\n');
	}
}

static void add_text(const struct told *t, struct buf *out)
{
	add_head(t, out);
	if (t->trouble) {
		buf_adds(out, "not looked at: ");
		text_visible(out, t->trouble, strlen(t->trouble), false);
		buf_addc(out, '\n');
		add_notes(t->series, out);
		buf_addc(out, '\n');
	}
	delta_text(t->delta, out);
	if (t->report) {
		lint_text(t->report, out);
		lint_summary(t->report, out);
		buf_addc(out, '\n');
	}
}

static json_t *series_json(const struct told *t)
{
	const struct series *s = t->series;
	const struct series_patch *p = first(t);
	json_t *o = json_object();
	char *link = link_of(t);

	json_object_set_new(o, "title", json_text(s->title));
	json_object_set_new(o, "revision", p ? json_integer(s->revision) : json_null());
	json_object_set_new(o, "message_id", json_text(first_id(t)));
	json_object_set_new(o, "link", json_text(link));
	json_object_set_new(o, "subject", p ? json_text(p->subject) : json_null());
	json_object_set_new(o, "from",
			    p ? json_pack("{soso}", "name", json_text(p->sender.name), "email",
					  json_text(p->sender.addr))
			      : json_null());
	json_object_set_new(o, "date", p ? json_integer(p->date) : json_null());
	json_object_set_new(o, "patches", json_integer(s->expected));
	json_object_set_new(o, "found", json_integer(s->found));
	free(link);
	return o;
}

/* The report of lint, as its own writer makes it. */
static json_t *lint_object(const struct lint_report *report)
{
	struct buf text = BUF_INIT;
	json_t *o;

	if (!report)
		return json_null();
	lint_json(report, &text);
	o = json_loadb(text.p, text.len, 0, NULL);
	buf_release(&text);
	return o ? o : json_null();
}

static json_t *watch_json(const struct watch_key *w)
{
	json_t *o = json_object();

	json_object_set_new(o, "archive", json_text(w->archive));
	json_object_set_new(o, "query", json_text(w->query));
	json_object_set_new(o, "repository", json_text(w->repo));
	return o;
}

static char *json_line(const struct told *t, const char *delivery)
{
	json_t *o = json_object();
	char *text;

	json_object_set_new(o, "icrfix", json_integer(1));
	json_object_set_new(o, "delivery", json_text(delivery));
	json_object_set_new(o, "watch", watch_json(t->watch));
	json_object_set_new(o, "series", series_json(t));
	json_object_set_new(o, "trouble", json_text(t->trouble));
	json_object_set_new(o, "delta", delta_json(t->delta));
	json_object_set_new(o, "lint", lint_object(t->report));
	text = json_dumps(o, JSON_COMPACT | JSON_PRESERVE_ORDER);
	json_decref(o);
	return text ? text : xstrdup("");
}

/* What it comes to, in few words. */
static void add_gist(const struct told *t, struct buf *out)
{
	struct lint_counts c = counts(t);

	if (t->trouble)
		buf_adds(out, "could not look at");
	else if (c.introduced)
		buf_addf(out, "%zu finding%s in", c.introduced, c.introduced == 1 ? "" : "s");
	else if (c.refused)
		buf_adds(out, "does not apply");
	else if (c.missing)
		buf_adds(out, "incomplete");
	else if (c.not_analysed)
		buf_adds(out, "not all analysed");
	else if (t->delta->gone)
		buf_addf(out, "fixed since v%d", t->delta->revision);
	else
		buf_adds(out, "nothing found in");
}

static char *make_subject(const struct told *t)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "[icrfix] ");
	add_gist(t, &out);
	buf_adds(&out, ": ");
	if (t->series->title)
		text_visible(&out, t->series->title, strlen(t->series->title), false);
	else
		buf_addf(&out, "<%s>", t->message_id);
	if (t->series->revision > 1)
		buf_addf(&out, ", v%d", t->series->revision);
	return buf_detach(&out);
}

static void add_slug(struct buf *out, const char *s)
{
	size_t begin = out->len;

	for (; *s && out->len - begin < MAX_SLUG; s++) {
		if (isalnum((unsigned char)*s))
			buf_addc(out, (char)tolower((unsigned char)*s));
		else if (out->len > begin && out->p[out->len - 1] != '-')
			buf_addc(out, '-');
	}
	while (out->len > begin && out->p[out->len - 1] == '-')
		out->p[--out->len] = '\0';
}

/* "20261122-kvm-x86-title-v2-0123abcd.eml" */
static char *make_name(const struct told *t, const char *delivery)
{
	const struct series_patch *p = first(t);
	time_t date = p ? (time_t)p->date : (time_t)t->now;
	struct buf out = BUF_INIT;
	char day[16] = "";
	struct tm tm;

	if (gmtime_r(&date, &tm) && tm.tm_year < 8100)
		strftime(day, sizeof(day), "%Y%m%d-", &tm);
	buf_adds(&out, day);
	add_slug(&out, t->series->title ? t->series->title : "posting");
	buf_addf(&out, "-v%d-%.8s.eml", t->series->revision > 0 ? t->series->revision : 1,
		 delivery);
	return buf_detach(&out);
}

static char *make_delivery(const struct told *t)
{
	struct buf text = BUF_INIT;
	char id[OID_HEX];

	buf_addf(&text, "%s\n%s\n%s\n%s\n%d\n%lld", t->watch->archive, t->watch->query,
		 t->watch->repo, first_id(t), t->series->revision, (long long)t->round);
	blob_id(text.p, text.len, id);
	buf_release(&text);
	return xstrdup(id);
}

void result_make(const struct told *t, struct watch_result *out)
{
	struct buf text = BUF_INIT;
	char *delivery = make_delivery(t);

	add_text(t, &text);
	*out = (struct watch_result){
		.created = t->now,
		.delivery = delivery,
		.name = make_name(t, delivery),
		.subject = make_subject(t),
		.reply_to = xstrdup(first_id(t)),
		.json = json_line(t, delivery),
	};
	out->text = buf_detach(&text);
}

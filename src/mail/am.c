// SPDX-License-Identifier: GPL-2.0-only
#include "am.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "archive.h"
#include "base/mem.h"
#include "encode.h"

static const char from_line[] = "From icrfix@z Thu Jan  1 00:00:00 1970\n";

/* What goes into one mail. */
struct letter {
	const char *prefix, *subject, *message_id;
	const struct address *author;
	long long date;
	int tz;
};

static void header(struct buf *out, const struct letter *l)
{
	char *subject = xasprintf("[%s] %s", l->prefix, l->subject), *value;

	value = message_encode_address(l->author);
	buf_addf(out, "%sFrom: %s\n", from_line, value);
	free(value);
	value = message_date(l->date, l->tz);
	buf_addf(out, "Date: %s\n", value);
	free(value);
	value = message_encode("Subject", subject);
	buf_addf(out, "Subject: %s\n", value);
	free(value);
	if (l->message_id && l->message_id[0])
		buf_addf(out, "Message-ID: <%s>\n", l->message_id);
	free(subject);
}

static void letter(struct buf *out, const struct letter *l, const struct buf *body)
{
	header(out, l);
	encode_body(out, body->p, body->len);
	buf_addc(out, '\n');
}

static void add_trailer(struct buf *out, const struct trailer *t)
{
	buf_addf(out, "%s: %s\n", t->name, t->value);
	if (t->extra)
		buf_addf(out, "%s\n", t->extra);
}

/* Whether the changelog's last line is the user's own Signed-off-by. */
static bool own_is_last(const struct series_patch *p, const char *own)
{
	struct trailer mine = { (char *)(uintptr_t) "Signed-off-by", (char *)(uintptr_t)own, NULL };

	return own && p->own.n && trailer_same(&p->own.v[p->own.n - 1], &mine);
}

static void add_links(struct trailers *all, const struct series_patch *p,
		      const struct am_options *opt)
{
	char *id, *value;

	if (opt->add_link) {
		id = archive_escape(p->message_id);
		value = xasprintf("%s%s", opt->link_base, id);
		trailers_add(all, "Link", value, NULL);
		free(value);
		free(id);
	}
	if (opt->add_message_id) {
		value = xasprintf("<%s>", p->message_id);
		trailers_add(all, "Message-ID", value, NULL);
		free(value);
	}
}

/* The changelog with what is added to its trailers; no blank line at the end. */
static void changelog(struct buf *out, const struct series_patch *p, const struct am_options *opt)
{
	struct trailers more = TRAILERS_INIT;
	size_t len = strlen(p->changelog);
	bool own_last;

	for (size_t i = 0; i < p->taken.n; i++)
		trailers_add(&more, p->taken.v[i].name, p->taken.v[i].value, p->taken.v[i].extra);
	add_links(&more, p, opt);
	own_last = more.n && own_is_last(p, opt->own);
	while (own_last && len && p->changelog[len - 1] != '\n')
		len--;
	text_visible(out, p->changelog, len, true);
	if (out->len && out->p[out->len - 1] != '\n')
		buf_addc(out, '\n');
	if (more.n && !p->own.n && out->len)
		buf_addc(out, '\n');
	for (size_t i = 0; i < more.n; i++)
		add_trailer(out, &more.v[i]);
	if (own_last)
		add_trailer(out, &p->own.v[p->own.n - 1]);
	trailers_release(&more);
}

static void below(struct buf *out, const char *notes, const char *diff, size_t diff_len)
{
	buf_adds(out, "---\n");
	if (*notes) {
		text_visible(out, notes, strlen(notes), true);
		buf_addc(out, '\n');
	}
	buf_addc(out, '\n');
	buf_add(out, diff, diff_len);
	if (diff_len && diff[diff_len - 1] != '\n')
		buf_addc(out, '\n');
	buf_adds(out, "-- \nicrfix " ICRFIX_VERSION "\n");
}

static int check_hidden(const char *what, const char *diff, size_t len,
			const struct am_options *opt, struct err *err)
{
	size_t line;
	unsigned int cp = opt->allow_hidden ? 0 : patch_hidden_char(diff, len, &line);

	if (cp)
		return err_set(err,
			       "%s adds the hidden character U+%04X to code, in line %zu of "
			       "its diff (--allow-hidden takes it)",
			       what, cp, line);
	return 0;
}

static int one_patch(const struct series_patch *p, const struct am_options *opt, struct buf *out,
		     struct err *err)
{
	struct letter l = { p->prefix, p->subject, p->message_id, &p->author, p->date, p->tz };
	struct buf body = BUF_INIT;
	char *what = xasprintf("patch %d/%d", p->n, p->m);
	int rc = check_hidden(what, p->diff, p->diff_len, opt, err);

	if (!rc) {
		changelog(&body, p, opt);
		below(&body, p->notes, p->diff, p->diff_len);
		letter(out, &l, &body);
	}
	buf_release(&body);
	free(what);
	return rc;
}

static int one_embedded(const struct embedded *e, const struct am_options *opt, struct buf *out,
			struct err *err)
{
	struct letter l = { "PATCH", e->subject, NULL, &e->author, e->date, e->tz };
	struct buf body = BUF_INIT;
	int rc = check_hidden(e->subject, e->diff, e->diff_len, opt, err);

	if (!rc) {
		if (e->is_patch)
			text_visible(&body, e->changelog, strlen(e->changelog), true);
		else
			buf_addf(&body, "The diff in the mail <%s>.", e->message_id);
		buf_addc(&body, '\n');
		below(&body, e->notes, e->diff, e->diff_len);
		letter(out, &l, &body);
	}
	buf_release(&body);
	return rc;
}

static bool takes(const struct series *s, const struct am_options *opt, int n)
{
	return !s->patches[n].missing && s->patches[n].diff && (!opt->picked || opt->picked[n]);
}

static bool takes_embedded(const struct embedded *e, const struct am_options *opt)
{
	return opt->embedded == AM_EMBEDDED_ALL ||
	       (opt->embedded == AM_EMBEDDED_PATCHES && e->is_patch);
}

int am_count(const struct series *s, const struct am_options *opt)
{
	int count = 0;

	for (int n = 0; n < s->expected; n++)
		count += takes(s, opt, n);
	for (size_t i = 0; i < s->embedded.n; i++)
		count += takes_embedded(&s->embedded.v[i], opt);
	return count;
}

int am_write(const struct series *s, const struct am_options *opt, struct buf *out, struct err *err)
{
	int rc = 0;

	for (int n = 0; !rc && n < s->expected; n++)
		if (takes(s, opt, n))
			rc = one_patch(&s->patches[n], opt, out, err);
	for (size_t i = 0; !rc && i < s->embedded.n; i++)
		if (takes_embedded(&s->embedded.v[i], opt))
			rc = one_embedded(&s->embedded.v[i], opt, out, err);
	return rc;
}

void am_write_cover(const struct series *s, struct buf *out)
{
	const struct series_patch *p = &s->cover;
	struct letter l = { p->prefix, p->subject, p->message_id, &p->author, p->date, p->tz };
	struct buf body = BUF_INIT;

	text_visible(&body, p->changelog, strlen(p->changelog), true);
	buf_addc(&body, '\n');
	letter(out, &l, &body);
	buf_release(&body);
}

static void add_word(struct buf *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n && out->len < 96; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < 0x80 && isalnum(c))
			buf_addc(out, (char)tolower(c));
		else if (out->len && out->p[out->len - 1] != '_')
			buf_addc(out, '_');
	}
}

char *am_slug(const struct series *s)
{
	const struct series_patch *p = series_first(s);
	const struct embedded *e = s->embedded.n ? &s->embedded.v[0] : NULL;
	time_t when = p ? p->date : e ? e->date : 0;
	const char *addr = p ? p->sender.addr : e ? e->author.addr : "";
	const char *title = p ? s->title : e ? e->subject : "none";
	struct buf out = BUF_INIT;
	struct tm tm;

	if (s->revision != 1 && p)
		buf_addf(&out, "v%d_", s->revision);
	if (gmtime_r(&when, &tm))
		buf_addf(&out, "%04d%02d%02d_", (tm.tm_year + 1900) % 10000, tm.tm_mon + 1,
			 tm.tm_mday);
	add_word(&out, addr, strcspn(addr, "@"));
	if (out.len && out.p[out.len - 1] != '_')
		buf_addc(&out, '_');
	add_word(&out, title, strlen(title));
	while (out.len && out.p[out.len - 1] == '_')
		out.p[--out.len] = '\0';
	return buf_detach(&out);
}

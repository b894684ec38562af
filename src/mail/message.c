// SPDX-License-Identifier: GPL-2.0-only
#include "message.h"

#include <gmime/gmime.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "flowed.h"

/* While the parts of one mail are walked. */
struct walk {
	struct buf text, patches;
	int parts;
	bool crlf; /* the mail itself has CR LF line ends */
	bool has_html;
	bool bad_charset;
};

static void init_gmime(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, g_mime_init);
}

/* A header text on one line, valid UTF-8, without control and bidi characters. */
static char *clean_text(const char *s)
{
	char *valid = text_valid_dup(s ? s : "", s ? strlen(s) : 0), *shown;

	text_squeeze(valid);
	shown = text_visible_dup(valid);
	free(valid);
	return shown;
}

static char *header(GMimeMessage *gm, const char *name)
{
	return clean_text(g_mime_object_get_header(GMIME_OBJECT(gm), name));
}

/* The next <...> in a header text; what no id can hold makes it none. */
static char *next_id(const char **p)
{
	while ((*p = strchr(*p, '<'))) {
		const char *start = ++*p;
		size_t n = strcspn(start, "<> \t\r\n");

		if (n && n < 1000 && start[n] == '>') {
			*p = start + n + 1;
			return xstrndup(start, n);
		}
	}
	return NULL;
}

static char *first_id(GMimeMessage *gm, const char *name)
{
	char *text = header(gm, name), *id;
	const char *p = text;

	id = next_id(&p);
	free(text);
	return id ? id : xstrdup("");
}

static char *message_id(GMimeMessage *gm)
{
	char *id = first_id(gm, "Message-ID"), *text;

	if (id[0])
		return id;
	free(id);
	text = header(gm, "Message-ID");
	if (strpbrk(text, "<> \t") || strlen(text) > 1000)
		text[0] = '\0';
	return text;
}

static void references(GMimeMessage *gm, struct strv *to)
{
	char *text = header(gm, "References"), *id;
	const char *p = text;

	while (to->n < MESSAGE_MAX_REFERENCES && (id = next_id(&p)))
		strv_take(to, id);
	free(text);
}

/* GMime unquotes and decodes; odd ones ("Last, First <addr>") are read by hand. */
static void from_header(GMimeMessage *gm, struct address *a)
{
	InternetAddressList *list = g_mime_message_get_from(gm);
	InternetAddress *one;
	char *text;

	if (list && internet_address_list_length(list) == 1) {
		one = internet_address_list_get_address(list, 0);
		if (INTERNET_ADDRESS_IS_MAILBOX(one)) {
			a->name = clean_text(internet_address_get_name(one));
			a->addr = clean_text(INTERNET_ADDRESS_MAILBOX(one)->addr);
			return;
		}
	}
	text = header(gm, "From");
	address_parse(a, (struct span){ text, strlen(text) });
	free(text);
}

static void add_addresses(struct addresses *all, InternetAddressList *list, int depth)
{
	int n = list ? internet_address_list_length(list) : 0;

	for (int i = 0; i < n && all->n < MESSAGE_MAX_ADDRESSES; i++) {
		InternetAddress *one = internet_address_list_get_address(list, i);
		struct address a;

		if (INTERNET_ADDRESS_IS_GROUP(one) && depth < MESSAGE_MAX_DEPTH)
			add_addresses(all, INTERNET_ADDRESS_GROUP(one)->members, depth + 1);
		if (!INTERNET_ADDRESS_IS_MAILBOX(one))
			continue;
		a.name = clean_text(internet_address_get_name(one));
		a.addr = clean_text(INTERNET_ADDRESS_MAILBOX(one)->addr);
		if (address_is_plain(a.addr))
			addresses_add(all, &a);
		address_release(&a);
	}
}

/* All fields of that name. */
static void addresses(GMimeMessage *gm, const char *name, struct addresses *all)
{
	GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(gm));
	int n = g_mime_header_list_get_count(headers);

	for (int i = 0; i < n; i++) {
		GMimeHeader *h = g_mime_header_list_get_header_at(headers, i);
		const char *raw = g_mime_header_get_raw_value(h);
		InternetAddressList *list;

		if (!raw || strcasecmp(g_mime_header_get_name(h), name) != 0)
			continue;
		list = internet_address_list_parse(NULL, raw);
		add_addresses(all, list, 0);
		if (list)
			g_object_unref(list);
	}
}

static void set_date(GMimeMessage *gm, struct message *m)
{
	GDateTime *date = g_mime_message_get_date(gm);

	if (!date)
		return;
	m->has_date = true;
	m->date = g_date_time_to_unix(date);
	m->tz = (int)(g_date_time_get_utc_offset(date) / G_TIME_SPAN_MINUTE);
}

static void headers(GMimeMessage *gm, struct message *m)
{
	char *hint;

	m->id = message_id(gm);
	m->subject = header(gm, "Subject");
	m->in_reply_to = first_id(gm, "In-Reply-To");
	m->list_id = first_id(gm, "List-Id");
	references(gm, &m->references);
	from_header(gm, &m->from);
	set_date(gm, m);
	addresses(gm, "To", &m->to);
	addresses(gm, "Cc", &m->cc);
	addresses(gm, "Reply-To", &m->reply_to);
	addresses(gm, "Mail-Followup-To", &m->followup_to);
	m->agent = header(gm, "User-Agent");
	if (!m->agent[0]) {
		free(m->agent);
		m->agent = header(gm, "X-Mailer");
	}
	hint = header(gm, "X-stable");
	m->stable_review = !strcasecmp(hint, "review");
	free(hint);
	hint = header(gm, "X-Patchwork-Hint");
	m->patchwork_ignore = !strcasecmp(hint, "ignore");
	free(hint);
}

static GByteArray *content(GMimePart *part)
{
	GMimeDataWrapper *wrapper = g_mime_part_get_content(part);
	GByteArray *bytes = g_byte_array_new();
	GMimeStream *stream;

	if (!wrapper)
		return bytes;
	stream = g_mime_stream_mem_new_with_byte_array(bytes);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	g_mime_data_wrapper_write_to_stream(wrapper, stream);
	g_object_unref(stream);
	return bytes;
}

static bool is_unicode(const char *charset)
{
	static const char *const names[] = {
		"utf-8",        "utf8", "us-ascii", "ascii",   "ansi_x3.4-1968",
		"unknown-8bit", "7bit", "8bit",     "default",
	};

	for (size_t i = 0; charset && i < ARRAY_SIZE(names); i++)
		if (!strcasecmp(charset, names[i]))
			return true;
	return !charset || !*charset;
}

/* Convert to UTF-8; the bytes as they are when that fails. */
static void add_converted(struct walk *w, struct buf *to, GMimePart *part, const GByteArray *b)
{
	const char *charset =
		g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
	gsize n = 0;
	char *utf8;

	if (is_unicode(charset)) {
		buf_add(to, b->data, b->len);
		return;
	}
	utf8 = g_convert((const char *)b->data, b->len, "UTF-8", charset, NULL, &n, NULL);
	if (utf8)
		buf_add(to, utf8, n);
	else
		buf_add(to, b->data, b->len);
	w->bad_charset |= !utf8;
	g_free(utf8);
}

/* Whether all lines end in CR LF, as they travel, so that no CR is content. */
static bool all_crlf(const char *p, size_t n)
{
	const char *end = p + n, *nl;
	bool any = false;

	for (; p < end && (nl = memchr(p, '\n', (size_t)(end - p))); p = nl + 1) {
		if (nl == p || nl[-1] != '\r')
			return false;
		any = true;
	}
	return any;
}

static void add_lines(struct buf *to, const struct buf *text, bool crlf)
{
	const char *p = text->p, *end = p + text->len, *nl;

	if (!crlf) {
		buf_add(to, text->p, text->len);
		return;
	}
	for (; p < end; p = nl) {
		nl = memchr(p, '\n', (size_t)(end - p));
		nl = nl ? nl + 1 : end;
		if (nl - p >= 2 && nl[-2] == '\r') {
			buf_add(to, p, (size_t)(nl - p - 2));
			buf_addc(to, '\n');
		} else {
			buf_add(to, p, (size_t)(nl - p));
		}
	}
}

static bool has_param(GMimePart *part, const char *name, const char *value)
{
	const char *v = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), name);

	return v && !strcasecmp(v, value);
}

static void add_part(struct walk *w, struct buf *to, GMimePart *part)
{
	struct buf raw = BUF_INIT, lines = BUF_INIT;
	GByteArray *bytes = content(part);

	buf_adds(&raw, "");
	add_converted(w, &raw, part, bytes);
	g_byte_array_free(bytes, TRUE);
	buf_adds(&lines, "");
	add_lines(&lines, &raw, w->crlf || all_crlf(raw.p, raw.len));
	if (has_param(part, "format", "flowed"))
		flowed_decode(to, (struct span){ lines.p, lines.len },
			      has_param(part, "delsp", "yes"));
	else
		buf_add(to, lines.p, lines.len);
	if (to->len && to->p[to->len - 1] != '\n')
		buf_addc(to, '\n');
	buf_release(&raw);
	buf_release(&lines);
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = s ? strlen(s) : 0, m = strlen(end);

	return n >= m && !strcasecmp(s + n - m, end);
}

/* Text that is attached as a patch, by its type or its name. */
static bool is_patch(GMimePart *part)
{
	GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
	const char *name = g_mime_part_get_filename(part);

	return g_mime_content_type_is_type(type, "text", "x-patch") ||
	       g_mime_content_type_is_type(type, "text", "x-diff") ||
	       g_mime_content_type_is_type(type, "application", "x-patch") ||
	       ends_with(name, ".patch") || ends_with(name, ".diff");
}

static void leaf(struct walk *w, GMimePart *part)
{
	GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));

	if (g_mime_content_type_is_type(type, "text", "html"))
		w->has_html = true;
	else if (is_patch(part))
		add_part(w, &w->patches, part);
	else if (g_mime_content_type_is_type(type, "text", "plain") &&
		 !g_mime_part_is_attachment(part))
		add_part(w, &w->text, part);
}

static void walk_parts(struct walk *w, GMimeObject *object, int depth)
{
	if (depth > MESSAGE_MAX_DEPTH || w->parts++ > MESSAGE_MAX_PARTS)
		return;
	if (GMIME_IS_MULTIPART(object)) {
		int n = g_mime_multipart_get_count(GMIME_MULTIPART(object));

		for (int i = 0; i < n && i <= MESSAGE_MAX_PARTS; i++)
			walk_parts(w, g_mime_multipart_get_part(GMIME_MULTIPART(object), i),
				   depth + 1);
	} else if (GMIME_IS_PART(object)) {
		leaf(w, GMIME_PART(object));
	}
}

static void body(GMimeMessage *gm, struct message *m, bool crlf)
{
	struct walk w = { .text = BUF_INIT, .patches = BUF_INIT, .crlf = crlf };
	GMimeObject *part = g_mime_message_get_mime_part(gm);

	buf_adds(&w.text, "");
	if (part)
		walk_parts(&w, part, 0);
	m->attached = w.patches.len;
	if (m->attached)
		buf_add(&w.text, w.patches.p, w.patches.len);
	m->html_only = w.has_html && !w.text.len;
	m->bad_charset = w.bad_charset;
	m->text_len = w.text.len;
	m->text = buf_detach(&w.text);
	buf_release(&w.patches);
}

/* Whether the first line ends in CR LF. */
static bool first_crlf(const char *p, size_t n)
{
	const char *nl = memchr(p, '\n', n);

	return nl && nl > p && nl[-1] == '\r';
}

int message_parse(struct message *m, const char *p, size_t n, struct err *err)
{
	GMimeMessage *gm;
	GMimeParser *parser;
	GMimeStream *stream;

	init_gmime();
	*m = (struct message)MESSAGE_INIT;
	if (n >= 5 && !memcmp(p, "From ", 5)) {
		const char *nl = memchr(p, '\n', n);

		n = nl ? n - (size_t)(nl + 1 - p) : 0;
		p = nl ? nl + 1 : p;
	}
	stream = g_mime_stream_mem_new_with_buffer(p, n);
	parser = g_mime_parser_new_with_stream(stream);
	g_object_unref(stream);
	gm = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	if (gm && !g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(gm)))) {
		g_object_unref(gm);
		gm = NULL;
	}
	if (!gm)
		return err_set(err, "this is no mail: it has no header");
	headers(gm, m);
	body(gm, m, first_crlf(p, n));
	g_object_unref(gm);
	return 0;
}

char *message_date(long long date, int tz)
{
	GDateTime *utc = g_date_time_new_from_unix_utc(date), *local = NULL;
	GTimeZone *zone = g_time_zone_new_offset(tz * 60);
	char *text, *copy;

	if (utc)
		local = g_date_time_to_timezone(utc, zone);
	text = local ? g_mime_utils_header_format_date(local) : NULL;
	copy = xstrdup(text ? text : "Thu, 01 Jan 1970 00:00:00 +0000");
	g_free(text);
	if (local)
		g_date_time_unref(local);
	if (utc)
		g_date_time_unref(utc);
	g_time_zone_unref(zone);
	return copy;
}

bool message_parse_date(const char *text, long long *date, int *tz)
{
	GDateTime *d = g_mime_utils_header_decode_date(text);
	int h = 0, min = 0, y, mon, day, hh, mm, ss;
	char sign = '+';

	if (d) {
		*date = g_date_time_to_unix(d);
		*tz = (int)(g_date_time_get_utc_offset(d) / G_TIME_SPAN_MINUTE);
		g_date_time_unref(d);
		return true;
	}
	if (sscanf(text, "%4d-%2d-%2d%*1[T ]%2d:%2d:%2d %c%2d%2d", &y, &mon, &day, &hh, &mm, &ss,
		   &sign, &h, &min) < 6)
		return false;
	*tz = (sign == '-' ? -1 : 1) * (h * 60 + min);
	*date = timegm(&(struct tm){ .tm_year = y - 1900,
				     .tm_mon = mon - 1,
				     .tm_mday = day,
				     .tm_hour = hh,
				     .tm_min = mm,
				     .tm_sec = ss }) -
		*tz * 60;
	return true;
}

char *message_decode(const char *text)
{
	char *decoded, *clean;

	init_gmime();
	decoded = g_mime_utils_header_decode_text(NULL, text);
	clean = clean_text(decoded);
	g_free(decoded);
	return clean;
}

/* Fold "NAME: VALUE" and give back what stands behind "NAME: ". */
static char *fold(const char *name, const char *encoded, bool structured)
{
	char *line = xasprintf("%s: %s", name, encoded), *folded, *value;

	folded = structured ? g_mime_utils_structured_header_fold(NULL, NULL, line)
			    : g_mime_utils_unstructured_header_fold(NULL, NULL, line);
	value = xstrdup(folded + strlen(name) + 2);
	value[strcspn(value, "\r") == strlen(value) ? strlen(value) : strcspn(value, "\r")] = '\0';
	while (*value && value[strlen(value) - 1] == '\n')
		value[strlen(value) - 1] = '\0';
	g_free(folded);
	free(line);
	return value;
}

char *message_encode(const char *name, const char *text)
{
	char *encoded, *value;

	init_gmime();
	encoded = g_mime_utils_header_encode_text(NULL, text, "UTF-8");
	value = fold(name, encoded, false);
	g_free(encoded);
	return value;
}

char *message_encode_address(const struct address *a)
{
	char *encoded, *value;

	init_gmime();
	if (!a->name[0])
		return xstrdup(a->addr);
	encoded = g_mime_utils_header_encode_phrase(NULL, a->name, "UTF-8");
	value = xasprintf("%s <%s>", encoded, a->addr);
	g_free(encoded);
	return value;
}

void message_release(struct message *m)
{
	free(m->id);
	free(m->subject);
	address_release(&m->from);
	addresses_release(&m->to);
	addresses_release(&m->cc);
	addresses_release(&m->reply_to);
	addresses_release(&m->followup_to);
	free(m->in_reply_to);
	strv_release(&m->references);
	free(m->list_id);
	free(m->agent);
	free(m->text);
	*m = (struct message)MESSAGE_INIT;
}

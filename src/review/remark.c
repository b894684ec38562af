// SPDX-License-Identifier: GPL-2.0-only
#include "remark.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MAX_TEXT 6          /* lines of a remark that are shown */
#define MAX_WHOLE (1 << 16) /* bytes of a remark that are kept */
#define MAX_REMARKS 2000    /* to one patch */

/*
 * A line as it is compared: mail programs change white space, so there is none
 * in it.
 */
static void add_key(struct buf *out, char mark, struct span text)
{
	if (mark)
		buf_addc(out, mark);
	for (size_t i = 0; i < text.n; i++) {
		if (i + 1 < text.n && !memcmp(text.p + i, "\xc2\xa0", 2))
			i++;
		else if (!isspace((unsigned char)text.p[i]))
			buf_addc(out, text.p[i]);
	}
	buf_addc(out, '\n');
}

/* File and hunk lines are quoted in another form: they have no key. */
static void patch_keys(const struct patch_lines *patch, struct buf *out)
{
	for (size_t i = 0; i < patch->n; i++) {
		const struct patch_line *l = &patch->v[i];

		if (l->kind == '#' || l->kind == '@')
			buf_adds(out, "\n");
		else
			add_key(out, l->kind == '+' || l->kind == '-' ? l->kind : '\0', l->text);
	}
	buf_adds(out, "");
}

static bool is_blank(struct span s)
{
	return !span_trim(s).n;
}

/* The quoted lines that may be the patch's, and which lines of the mail they are. */
static size_t *quoted_keys(const struct reply_lines *lines, int depth, struct buf *out, size_t *n)
{
	size_t *index = xcalloc(lines->n, sizeof(*index));

	*n = 0;
	for (size_t i = 0; i < lines->n; i++) {
		const struct reply_line *l = &lines->v[i];

		if (!l->depth || (depth && l->depth != depth) || is_blank(l->text))
			continue;
		add_key(out, '\0', l->text);
		index[(*n)++] = i;
	}
	buf_adds(out, "");
	return index;
}

/* For each line of the mail the line of the patch that it quotes, or LINE_NONE. */
static int match(const struct reply_lines *lines, int depth, const struct patch_lines *patch,
		 size_t **out, struct err *err)
{
	struct buf quoted = BUF_INIT, keys = BUF_INIT;
	struct line_change *changes = NULL;
	size_t n, n_changes = 0, *index = quoted_keys(lines, depth, &quoted, &n), *to;
	int rc;

	patch_keys(patch, &keys);
	*out = xcalloc(lines->n, sizeof(**out));
	for (size_t i = 0; i < lines->n; i++)
		(*out)[i] = LINE_NONE;
	rc = text_changes(quoted.p, quoted.len, keys.p, keys.len, &changes, &n_changes, err);
	if (!rc) {
		to = lines_pair(changes, n_changes, n);
		for (size_t i = 0; i < n; i++)
			(*out)[index[i]] = to[i];
		free(to);
	}
	free(changes);
	free(index);
	buf_release(&quoted);
	buf_release(&keys);
	return rc;
}

/* "Reviewed-by: Name <addr>" is no remark on the lines above it. */
static bool is_trailer(struct span s)
{
	const char *by = memmem(s.p, s.n, "-by: ", 5);

	return by && !memchr(s.p, ' ', (size_t)(by - s.p));
}

/* Only marks below a line, or rests of a snipped one. */
static bool says_nothing(struct span s)
{
	if (is_trailer(s))
		return true;
	for (size_t i = 0; i < s.n; i++)
		if (isalnum((unsigned char)s.p[i]) || (unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* A function that is proposed begins: the line above its brace. */
static bool begins_code(const struct reply_lines *lines, size_t i)
{
	return i + 1 < lines->n && span_is(span_trim(lines->v[i + 1].text), "{");
}

static void set_text(struct remark *r, const struct reply_lines *lines, size_t from, size_t to)
{
	struct buf text = BUF_INIT, whole = BUF_INIT_MAX(MAX_WHOLE);
	size_t n = 0, left = 0;

	for (size_t i = from; i < to; i++) {
		struct span s = span_trim(lines->v[i].text);

		if (!lines->v[i].own)
			continue;
		buf_add(&whole, lines->v[i].text.p, lines->v[i].text.n);
		buf_addc(&whole, '\n');
		if (says_nothing(s))
			continue;
		if (n == MAX_TEXT || left || begins_code(lines, i)) {
			left++;
			continue;
		}
		buf_adds(&text, n++ ? " " : "");
		buf_add(&text, s.p, s.n);
	}
	if (left)
		buf_adds(&text, n ? " [...]" : "[...]");
	buf_adds(&text, "");
	r->text = buf_detach(&text);
	text_squeeze(r->text);
	r->whole = buf_detach(&whole);
}

/* The lines of the patch that stand right above line LAST of the mail, with it. */
static size_t first_above(const struct reply_lines *lines, const size_t *quotes,
			  const struct patch_lines *patch, size_t last)
{
	size_t first = last;

	while (first && last - first + 1 < REMARK_MAX_LINES) {
		size_t above = quotes[first - 1];

		if (above == LINE_NONE || above + 1 != quotes[first] ||
		    is_blank(patch->v[above].text) || !lines->v[first - 1].depth)
			break;
		first--;
	}
	return first;
}

static void add(struct remarks *all, const struct message *m, const struct reply_lines *lines,
		const size_t *quotes, const struct patch_lines *patch, size_t last, size_t from,
		size_t to)
{
	bool says = false;
	struct remark *r;

	for (size_t i = from; i < to && !says; i++)
		says = lines->v[i].own && !says_nothing(span_trim(lines->v[i].text));
	if (!says || all->n >= MAX_REMARKS)
		return;
	GROW(all->v, all->n, all->cap);
	r = &all->v[all->n++];
	*r = (struct remark){
		.message_id = xstrdup(m->id),
		.author = xasprintf("%s <%s>", m->from.name, m->from.addr),
		.first = quotes[first_above(lines, quotes, patch, last)],
		.last = quotes[last],
	};
	set_text(r, lines, from, to);
}

int remarks_find(struct remarks *all, const struct message *m, const struct reply_lines *lines,
		 int depth, const struct patch_lines *patch, struct err *err)
{
	size_t *quotes, last = LINE_NONE;
	int rc = match(lines, depth, patch, &quotes, err);

	for (size_t i = 0; !rc && i < lines->n; i++) {
		size_t from = i;

		if (is_blank(lines->v[i].text))
			continue;
		if (lines->v[i].depth) {
			last = i;
			continue;
		}
		while (i + 1 < lines->n && !lines->v[i + 1].depth)
			i++;
		if (last != LINE_NONE && quotes[last] != LINE_NONE)
			add(all, m, lines, quotes, patch, last, from, i + 1);
	}
	free(quotes);
	return rc;
}

int remarks_of_patch(struct remarks *all, const struct replies *replies, const struct series *s,
		     int n, const struct patch_lines *patch, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < replies->n; i++) {
		const struct reply *reply = &replies->v[i];
		struct reply_lines lines = { NULL, 0, 0 };

		if (reply->n != n)
			continue;
		reply_lines_read(&lines, &reply->mail->msg, &s->embedded);
		rc = remarks_find(all, &reply->mail->msg, &lines, reply->depth, patch, err);
		reply_lines_release(&lines);
	}
	return rc;
}

void remark_release(struct remark *r)
{
	free(r->message_id);
	free(r->author);
	free(r->text);
	free(r->whole);
}

void remarks_release(struct remarks *all)
{
	for (size_t i = 0; i < all->n; i++)
		remark_release(&all->v[i]);
	free(all->v);
	*all = (struct remarks){ NULL, 0, 0 };
}

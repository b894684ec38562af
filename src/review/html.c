// SPDX-License-Identifier: GPL-2.0-only
#include "html.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void html_text(struct buf *out, const char *p, size_t n)
{
	struct buf shown = BUF_INIT;

	text_visible(&shown, p, n, true);
	for (size_t i = 0; i < shown.len; i++) {
		switch (shown.p[i]) {
		case '&':
			buf_adds(out, "&amp;");
			break;
		case '<':
			buf_adds(out, "&lt;");
			break;
		case '>':
			buf_adds(out, "&gt;");
			break;
		case '"':
			buf_adds(out, "&quot;");
			break;
		case '\'':
			buf_adds(out, "&#39;");
			break;
		default:
			buf_addc(out, shown.p[i]);
		}
	}
	buf_release(&shown);
}

void html_string(struct buf *out, const char *s)
{
	html_text(out, s, strlen(s));
}

static void add_number(struct buf *out, int line)
{
	if (line)
		buf_addf(out, "<i>%d</i>", line);
	else
		buf_adds(out, "<i></i>");
}

void html_code_line(struct buf *out, char mark, int old_line, int new_line, struct span text,
		    bool noted)
{
	const char *kind = mark == '+' ? " add" : mark == '-' ? " del" : mark == '\\' ? " eof" : "";

	buf_addf(out, "<div class=\"l%s%s\">", kind, noted ? " noted" : "");
	add_number(out, old_line);
	add_number(out, new_line);
	buf_adds(out, "<code>");
	html_text(out, text.p, text.n);
	buf_adds(out, "</code></div>\n");
}

char *html_note_id(const struct review *r, const struct note *note)
{
	return xasprintf("n%zu", (size_t)(note - r->notes.v) + 1);
}

static void add_code_place(struct buf *out, const struct note *n, const char *function, bool here)
{
	if (!here)
		html_string(out, n->path);
	if (n->line)
		buf_addf(out, "%s%d", here ? "line " : ":", n->line);
	if (*function) {
		buf_adds(out, " in ");
		html_string(out, function);
		buf_adds(out, "()");
	}
	if (n->side == NOTE_OLD)
		buf_adds(out, ", before");
}

static void add_place(struct buf *out, const struct note *n, const char *function, bool here)
{
	if (n->path)
		add_code_place(out, n, function, here);
	else if (n->side == NOTE_CHANGELOG)
		buf_adds(out, n->line ? "changelog" : "subject");
}

/* What no browser would take for anything but a page of the web. */
static bool is_link(const char *url)
{
	if (strncmp(url, "https://", 8) != 0)
		return false;
	for (; *url; url++)
		if (*url <= ' ' || *url >= 0x7f || strchr("\"'<>\\`", *url))
			return false;
	return true;
}

static void add_links(struct buf *out, const struct strv *links)
{
	if (!links->n)
		return;
	buf_adds(out, "<ul>\n");
	for (size_t i = 0; i < links->n; i++) {
		buf_adds(out, "<li>");
		if (is_link(links->v[i])) {
			buf_adds(out, "<a rel=\"noreferrer\" href=\"");
			html_string(out, links->v[i]);
			buf_adds(out, "\">");
			html_string(out, links->v[i] + strlen("https://"));
			buf_adds(out, "</a>");
		} else {
			html_string(out, links->v[i]);
		}
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
}

static void add_block(struct buf *out, const char *class, const char *text)
{
	if (!text)
		return;
	buf_addf(out, "<pre class=\"%s\">", class);
	html_string(out, text);
	buf_adds(out, "</pre>\n");
}

/* Who said it in the thread already, and what the check says itself. */
static void add_said(struct buf *out, const struct note *n)
{
	if (!n->author)
		return;
	buf_adds(out, "<p class=\"said\">Said by ");
	html_string(out, n->author);
	buf_adds(out, " in &lt;");
	html_string(out, n->remark_id ? n->remark_id : "");
	buf_adds(out, "&gt;</p>\n");
	if (n->own_text) {
		buf_adds(out, "<details><summary>the check itself</summary>\n<p>");
		html_string(out, n->own_text);
		buf_adds(out, "</p>\n</details>\n");
	}
}

void html_note(struct buf *out, const struct note *n, const char *id, const char *function,
	       bool here)
{
	const char *severity = severity_name(n->severity);
	char *sentence = note_sentence(n);

	buf_addf(out, "<aside class=\"note %s\" id=\"%s\">\n<p class=\"head\">", severity, id);
	buf_addf(out, "<a href=\"#%s\">%s</a> <b>%s</b> <code>", id, id + 1, severity);
	html_string(out, n->check);
	buf_adds(out, "</code> <span>");
	add_place(out, n, function, here);
	buf_adds(out, "</span></p>\n");
	if (!here)
		add_block(out, "evidence", n->evidence);
	buf_adds(out, "<p>");
	html_string(out, sentence);
	buf_adds(out, "</p>\n");
	add_said(out, n);
	add_block(out, "diff", n->diff);
	add_links(out, &n->links);
	buf_adds(out, "</aside>\n");
	free(sentence);
}

const char *html_state(const struct lint_patch *p)
{
	static const char *const states[] = {
		[LINT_EXACT] = "applies",
		[LINT_MOVED] = "applies at another line",
		[LINT_MERGED] = "applies by a merge",
		[LINT_ALREADY] = "is there already",
		[LINT_COMMIT] = "commit",
		[LINT_REFUSED] = "does not apply",
		[LINT_MISSING] = "missing",
		[LINT_STOPPED] = "not tried",
	};

	return states[p->state];
}

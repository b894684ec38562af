// SPDX-License-Identifier: GPL-2.0-only
/* The page: what was looked at, a table of the patches, each of them, the rest. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "html.h"
#include "report/lint_report.h"

/* Nothing but the style in the page itself may be loaded or run. */
#define POLICY "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

static void add_title(struct buf *out, const struct review *r)
{
	if (r->series->title) {
		html_string(out, r->series->title);
		if (r->series->revision > 1)
			buf_addf(out, ", v%d", r->series->revision);
	} else {
		buf_addf(out, "%zu commit%s", r->lint->n, r->lint->n == 1 ? "" : "s");
	}
}

static void add_head(struct buf *out, const struct review *r)
{
	buf_adds(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY "\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Review: ");
	add_title(out, r);
	buf_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", html_style);
}

static void add_count(struct buf *out, size_t n, const char *one, const char *many)
{
	buf_addf(out, "%zu %s", n, n == 1 ? one : many);
}

static void add_header(struct buf *out, const struct review *r)
{
	struct buf base = BUF_INIT;

	buf_adds(out, "<header>\n<h1>");
	add_title(out, r);
	buf_adds(out, "</h1>\n<p>");
	add_count(out, r->lint->n, "patch", "patches");
	buf_adds(out, ", ");
	add_count(out, r->notes.n, "note", "notes");
	buf_adds(out, "; ");
	base_text(&r->lint->base, &base);
	html_text(out, base.p, base.len);
	buf_adds(out, "</p>\n");
	for (size_t i = 0; i < r->lint->notes.n; i++) {
		buf_adds(out, "<p class=\"trouble\">");
		html_string(out, r->lint->notes.v[i]);
		buf_adds(out, "</p>\n");
	}
	buf_adds(out, "</header>\n");
	buf_release(&base);
}

/* Links to the notes of a patch, by their numbers. */
static void add_note_links(struct buf *out, const struct review *r, size_t patch)
{
	for (size_t i = 0; i < r->notes.n; i++)
		if (r->notes.v[i].patch == patch) {
			char *id = html_note_id(r, &r->notes.v[i]);

			buf_addf(out, "<a class=\"%s\" href=\"#%s\">%s</a> ",
				 severity_name(r->notes.v[i].severity), id, id + 1);
			free(id);
		}
}

static void add_row(struct buf *out, const struct review *r, size_t i)
{
	const struct lint_patch *p = &r->lint->patches[i];

	buf_addf(out, "<tr><td>%d/%d</td><td><a href=\"#p%d\">", p->n, p->m, p->n);
	html_string(out, p->subject ? p->subject : "(no subject)");
	buf_addf(out, "</a></td><td%s>%s</td><td class=\"numbers\">",
		 review_applied(r, i) ? "" : " class=\"bad\"", html_state(p));
	add_note_links(out, r, i);
	buf_adds(out, "</td></tr>\n");
}

static void add_table(struct buf *out, const struct review *r)
{
	buf_adds(out, "<table>\n<thead><tr><th></th><th>Patch</th><th>State</th>"
		      "<th>Notes</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < r->lint->n; i++)
		add_row(out, r, i);
	buf_adds(out, "</tbody>\n</table>\n");
}

static void add_series(struct buf *out, const struct review *r)
{
	bool any = false;

	for (size_t i = 0; i < r->notes.n; i++) {
		char *id = html_note_id(r, &r->notes.v[i]);

		if (r->notes.v[i].patch == NOTE_SERIES) {
			buf_adds(out, any ? "" : "<section id=\"series\">\n<h2>The series</h2>\n");
			any = true;
			html_note(out, &r->notes.v[i], id, "", false);
		}
		free(id);
	}
	buf_adds(out, any ? "</section>\n" : "");
}

static void add_unseen(struct buf *out, const struct lint_patch *p, const struct unseen *u)
{
	buf_addf(out, "<li>%d/%d: <code>", p->n, p->m);
	html_string(out, u->path);
	if (u->line)
		buf_addf(out, ":%d", u->line);
	buf_adds(out, "</code> ");
	if (*u->function) {
		buf_adds(out, "in <code>");
		html_string(out, u->function);
		buf_adds(out, "()</code> ");
	}
	buf_adds(out, "(");
	html_string(out, u->rule);
	buf_adds(out, "): ");
	html_string(out, u->reason);
	buf_adds(out, "</li>\n");
}

static void add_all_unseen(struct buf *out, const struct lint *lint)
{
	bool any = false;

	for (size_t i = 0; i < lint->n; i++)
		for (size_t k = 0; k < lint->patches[i].news.n_unseen; k++) {
			if (!any)
				buf_adds(out, "<section id=\"unseen\">\n<h2>Not analysed</h2>\n"
					      "<ul>\n");
			any = true;
			add_unseen(out, &lint->patches[i], &lint->patches[i].news.unseen[k]);
		}
	buf_adds(out, any ? "</ul>\n</section>\n" : "");
}

void review_html(const struct review_report *report, struct buf *out)
{
	const struct review *r = report->review;

	add_head(out, r);
	add_header(out, r);
	buf_adds(out, "<main>\n");
	add_table(out, r);
	add_series(out, r);
	for (size_t i = 0; i < r->lint->n; i++)
		html_patch(out, r, i);
	html_proposals(out, r);
	add_all_unseen(out, r->lint);
	buf_adds(out, "</main>\n<footer>icrfix " ICRFIX_VERSION);
	if (report->spatch_version) {
		buf_adds(out, ", Coccinelle ");
		html_string(out, report->spatch_version);
	}
	buf_adds(out, "</footer>\n</body>\n</html>\n");
}

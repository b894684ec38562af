// SPDX-License-Identifier: GPL-2.0-only
/* What replies propose, on the page. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "html.h"

static void add_title(struct buf *out, const struct review *r, const struct proposal *p)
{
	bool function = !strcmp(p->kind, "function");

	buf_adds(out, "<h3>");
	if (p->patch != NOTE_SERIES)
		buf_addf(out, "<a href=\"#p%d\">%d/%d</a> ", r->lint->patches[p->patch].n,
			 r->lint->patches[p->patch].n, r->lint->patches[p->patch].m);
	buf_addf(out, "A %s", p->kind);
	if (p->name) {
		buf_adds(out, function ? ": <code>" : ": ");
		html_string(out, p->name);
		buf_adds(out, function ? "()</code>" : "");
	}
	buf_adds(out, "</h3>\n<p class=\"by\">");
	html_string(out, p->author ? p->author : "");
	buf_adds(out, "<br>&lt;");
	html_string(out, p->message_id);
	buf_adds(out, "&gt;</p>\n");
}

static void add_item(struct buf *out, const char *what, const char *value)
{
	if (!value)
		return;
	buf_addf(out, "<li>%s", what);
	html_string(out, value);
	buf_adds(out, "</li>\n");
}

/* What became of it in the tree. */
static void add_result(struct buf *out, const struct proposal *p)
{
	buf_adds(out, "<ul>\n");
	add_item(out, "Put into the tree: ", p->onto);
	for (size_t i = 0; i < p->fixes.n; i++) {
		const struct finding *f = &p->fixes.v[i];
		char *text =
			xasprintf("%s in %s:%d%s%s%s", f->rule, f->path, f->line,
				  *f->function ? ", " : "", f->function, *f->function ? "()" : "");

		add_item(out, "Mends ", text);
		free(text);
	}
	for (size_t i = 0; i < p->fixes.n_unseen; i++)
		add_item(out, "Could not be analysed: ", p->fixes.unseen[i].reason);
	add_item(out, "Gives the same file as the refactor ", p->equals);
	if (!p->notes.n)
		buf_adds(out, "<li>Nothing to say against it</li>\n");
	buf_adds(out, "</ul>\n");
}

static void add_proposal(struct buf *out, const struct review *r, size_t number)
{
	const struct proposal *p = &r->proposals[number];

	add_title(out, r, p);
	if (p->applied) {
		add_result(out, p);
	} else {
		buf_adds(out, "<p class=\"trouble\">It could not be put into the tree: ");
		html_string(out, p->reason ? p->reason : "");
		buf_adds(out, "</p>\n");
	}
	for (size_t i = 0; i < p->notes.n; i++) {
		char *id = xasprintf("q%zu.%zu", number + 1, i + 1);

		html_note(out, &p->notes.v[i], id, "", false);
		free(id);
	}
}

void html_proposals(struct buf *out, const struct review *r)
{
	if (!r->n_proposals)
		return;
	buf_adds(out, "<section id=\"proposals\">\n<h2>What replies propose</h2>\n");
	for (size_t i = 0; i < r->n_proposals; i++)
		add_proposal(out, r, i);
	buf_adds(out, "</section>\n");
}

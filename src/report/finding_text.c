// SPDX-License-Identifier: GPL-2.0-only
#include "finding_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "style.h"

static void add_safe(struct buf *out, const char *s)
{
	text_visible(out, s, strlen(s), false);
}

static enum text_color severity_color(enum severity s)
{
	return s == SEVERITY_ERROR ? COLOR_RED : s == SEVERITY_WARNING ? COLOR_YELLOW : COLOR_CYAN;
}

/* The source lines, each behind its number; "..." where some are left out. */
static void add_snippet(const struct finding *f, struct buf *out)
{
	const char *p = f->snippet;
	int line = f->lines[0];
	size_t next = 1;

	while (*p) {
		size_t len = strcspn(p, "\n");

		if (len == 3 && !strncmp(p, "...", 3) && next < f->n_lines) {
			buf_adds(out, "        ...\n");
			line = f->lines[next];
		} else {
			buf_addf(out, "  %6d  ", line);
			text_visible(out, p, len, false);
			buf_addc(out, '\n');
			line++;
		}
		while (next < f->n_lines && f->lines[next] <= line - 1)
			next++;
		p += len + (p[len] == '\n');
	}
}

void finding_text(const struct finding *f, bool color, struct buf *out)
{
	struct buf place = BUF_INIT, what = BUF_INIT;

	add_safe(&place, f->path);
	buf_addf(&place, ":%d:%d: ", f->line, f->column);
	buf_addf(&what, "%s: ", severity_name(f->severity));
	text_color(out, color, COLOR_BOLD, place.p);
	text_color(out, color, severity_color(f->severity), what.p);
	add_safe(out, f->message);
	buf_addf(out, " [%s]\n", f->rule);
	if (*f->function) {
		buf_adds(out, "  in ");
		add_safe(out, f->function);
		buf_adds(out, "():\n");
	}
	add_snippet(f, out);
	buf_release(&place);
	buf_release(&what);
}

void finding_mend_text(const struct rule *rule, struct buf *out)
{
	char *text = xasprintf("mend: %s", rule->fix);

	text_wrap(out, 2, text);
	free(text);
}

void unseen_text(const struct unseen *u, bool color, struct buf *out)
{
	add_safe(out, u->path);
	if (u->line)
		buf_addf(out, ":%d", u->line);
	buf_adds(out, ": ");
	text_color(out, color, COLOR_RED, "not analysed: ");
	if (*u->function) {
		add_safe(out, u->function);
		buf_adds(out, ": ");
	}
	add_safe(out, u->reason);
	buf_addf(out, " [%s]\n", u->rule);
}

char *unseen_message(const struct unseen *u)
{
	return xasprintf("not analysed: %s%s%s", u->function, *u->function ? ": " : "", u->reason);
}

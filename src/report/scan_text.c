// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report.h"
#include "base/text.h"
#include "style.h"

static const struct rule *find_rule(const struct scan_report *r, const char *id)
{
	for (size_t i = 0; i < r->n_rules; i++)
		if (!strcmp(r->rules[i]->id, id))
			return r->rules[i];
	return NULL;
}

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

static void add_finding(const struct scan_report *r, const struct finding *f, struct buf *out)
{
	const struct rule *rule = find_rule(r, f->rule);
	struct buf place = BUF_INIT, what = BUF_INIT;

	add_safe(&place, f->path);
	buf_addf(&place, ":%d:%d: ", f->line, f->column);
	buf_addf(&what, "%s: ", severity_name(f->severity));
	text_color(out, r->color, COLOR_BOLD, place.p);
	text_color(out, r->color, severity_color(f->severity), what.p);
	add_safe(out, f->message);
	buf_addf(out, " [%s]\n", f->rule);
	if (*f->function) {
		buf_adds(out, "  in ");
		add_safe(out, f->function);
		buf_adds(out, "():\n");
	}
	add_snippet(f, out);
	if (rule) {
		char *text = xasprintf("mend: %s", rule->fix);

		text_wrap(out, 2, text);
		free(text);
	}
	buf_addc(out, '\n');
	buf_release(&place);
	buf_release(&what);
}

static void add_unseen(const struct scan_report *r, const struct unseen *u, struct buf *out)
{
	add_safe(out, u->path);
	if (u->line)
		buf_addf(out, ":%d", u->line);
	buf_adds(out, ": ");
	text_color(out, r->color, COLOR_RED, "not analysed: ");
	if (*u->function) {
		add_safe(out, u->function);
		buf_adds(out, ": ");
	}
	add_safe(out, u->reason);
	buf_addf(out, " [%s]\n", u->rule);
}

static size_t count_rule(const struct scan_target *t, const char *id)
{
	size_t n = 0;

	for (size_t i = 0; i < t->findings.n; i++)
		n += !strcmp(t->findings.v[i].rule, id);
	return n;
}

/* A row a target, so that many branches fit 80 columns; a column a rule. */
static void add_matrix(const struct scan_report *r, struct buf *out)
{
	int width = 6;

	for (size_t t = 0; t < r->n_targets; t++)
		if ((int)strlen(r->targets[t].name) > width)
			width = (int)strlen(r->targets[t].name);
	buf_addf(out, "%-*s", width, "branch");
	for (size_t i = 0; i < r->n_rules; i++)
		buf_addf(out, "  %s", r->rules[i]->id);
	buf_adds(out, "  not analysed\n");
	for (size_t t = 0; t < r->n_targets; t++) {
		const struct scan_target *target = &r->targets[t];
		struct buf name = BUF_INIT;

		add_safe(&name, target->name);
		buf_addf(out, "%-*s", width, name.p);
		for (size_t i = 0; i < r->n_rules; i++)
			buf_addf(out, "  %*zu", (int)strlen(r->rules[i]->id),
				 count_rule(target, r->rules[i]->id));
		buf_addf(out, "  %12zu\n", target->findings.n_unseen);
		buf_release(&name);
	}
}

void report_text(const struct scan_report *r, struct buf *out)
{
	for (size_t t = 0; t < r->n_targets; t++) {
		const struct scan_target *target = &r->targets[t];

		if (r->n_targets > 1 && (target->findings.n || target->findings.n_unseen)) {
			struct buf head = BUF_INIT;

			buf_adds(&head, "== ");
			add_safe(&head, target->name);
			if (*target->commit)
				buf_addf(&head, " (%.12s)", target->commit);
			text_color(out, r->color, COLOR_CYAN, head.p);
			buf_adds(out, "\n\n");
			buf_release(&head);
		}
		for (size_t i = 0; i < target->findings.n; i++)
			add_finding(r, &target->findings.v[i], out);
		for (size_t i = 0; i < target->findings.n_unseen; i++)
			add_unseen(r, &target->findings.unseen[i], out);
		if (target->findings.n_unseen)
			buf_addc(out, '\n');
	}
	if (r->n_targets > 1)
		add_matrix(r, out);
}

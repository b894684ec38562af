// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "finding_text.h"
#include "report.h"
#include "style.h"
#include "suppressions.h"

static const struct rule *find_rule(const struct scan_report *r, const char *id)
{
	for (size_t i = 0; i < r->n_rules; i++)
		if (!strcmp(r->rules[i]->id, id))
			return r->rules[i];
	return NULL;
}

static void add_finding(const struct scan_report *r, const struct finding *f, struct buf *out)
{
	const struct rule *rule = find_rule(r, f->rule);

	finding_text(f, r->color, out);
	if (rule)
		finding_mend_text(rule, out);
	buf_addc(out, '\n');
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

		text_visible(&name, target->name, strlen(target->name), false);
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
			text_visible(&head, target->name, strlen(target->name), false);
			if (*target->commit)
				buf_addf(&head, " (%.12s)", target->commit);
			text_color(out, r->color, COLOR_CYAN, head.p);
			buf_adds(out, "\n\n");
			buf_release(&head);
		}
		for (size_t i = 0; i < target->findings.n; i++)
			add_finding(r, &target->findings.v[i], out);
		for (size_t i = 0; i < target->findings.n_unseen; i++)
			unseen_text(&target->findings.unseen[i], r->color, out);
		if (target->findings.n_unseen)
			buf_addc(out, '\n');
	}
	text_suppressions(out, r->color, r->suppressions);
	if (r->n_targets > 1)
		add_matrix(r, out);
}

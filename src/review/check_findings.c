// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "base/mem.h"
#include "check.h"
#include "suggest.h"

static const struct rule *find_rule(const struct review *r, const char *id)
{
	for (size_t i = 0; i < r->engine->n_rules; i++)
		if (!strcmp(r->engine->rules[i]->id, id))
			return r->engine->rules[i];
	return NULL;
}

/* "This is the third in lapic.c ...: a.c:12 in f(), b.c:34 in g()." */
static void add_sites(const struct judged *j, struct buf *text)
{
	struct buf ordinal = BUF_INIT;

	judged_ordinal(j, &ordinal);
	if (ordinal.len)
		buf_addf(text, " This is %s, beside", ordinal.p);
	for (size_t i = 0; i < j->n_others; i++)
		buf_addf(text, "%s %s:%d in %s()", i ? "," : "", j->others[i].path,
			 j->others[i].line, j->others[i].function);
	if (ordinal.len)
		buf_addc(text, '.');
	buf_release(&ordinal);
}

static int add_note(struct review *r, size_t patch, const struct judged *j, struct err *err)
{
	const struct rule *rule = find_rule(r, j->finding.rule);
	struct buf text = BUF_INIT;
	struct note note = {
		.check = xstrdup(j->finding.rule),
		.patch = patch,
		.path = xstrdup(j->finding.path),
		.line = j->finding.line,
		.side = NOTE_NEW,
		.severity = j->finding.severity,
		.evidence = xstrdup(j->finding.snippet),
	};

	buf_addf(&text, "%s.", j->finding.message);
	add_sites(j, &text);
	if (rule) {
		buf_addf(&text, " %s", rule->fix);
		for (size_t i = 0; i < rule->links.n; i++)
			strv_add(&note.links, rule->links.v[i]);
	}
	note.text = buf_detach(&text);
	if (rule && suggest_diff(r, patch, rule, &j->finding, &note.diff, err)) {
		note_release(&note);
		return -1;
	}
	notes_add(&r->notes, &note);
	return 0;
}

int check_findings(struct review *r, struct err *err)
{
	for (size_t i = 0; i < r->lint->n; i++)
		for (size_t k = 0; k < r->lint->patches[i].n_judged; k++)
			if (judged_counts(&r->lint->patches[i].v[k]) &&
			    add_note(r, i, &r->lint->patches[i].v[k], err))
				return -1;
	return 0;
}

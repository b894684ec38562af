// SPDX-License-Identifier: GPL-2.0-only
#include "lint_report.h"

#include <string.h>

#include "base/mem.h"

static const struct {
	const char *name;
	lint_writer *write;
} writers[] = {
	{ "text", lint_text },     { "json", lint_json },     { "sarif", lint_sarif },
	{ "github", lint_github }, { "gitlab", lint_gitlab }, { "b4", lint_b4 },
};

lint_writer *lint_report_find(const char *format)
{
	for (size_t i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].name, format))
			return writers[i].write;
	return NULL;
}

const struct rule *lint_rule(const struct lint_report *report, const char *id)
{
	for (size_t i = 0; i < report->n_rules; i++)
		if (!strcmp(report->rules[i]->id, id))
			return report->rules[i];
	return NULL;
}

const char *lint_state_name(enum lint_state state)
{
	static const char *const names[] = {
		[LINT_EXACT] = "exact",     [LINT_MOVED] = "moved",       [LINT_MERGED] = "3-way",
		[LINT_ALREADY] = "already", [LINT_COMMIT] = "commit",     [LINT_REFUSED] = "no",
		[LINT_MISSING] = "missing", [LINT_STOPPED] = "not tried",
	};

	return names[state];
}

static void count_patch(const struct lint_report *report, const struct lint_patch *p,
			struct lint_counts *counts)
{
	counts->refused += p->state == LINT_REFUSED || p->state == LINT_STOPPED;
	counts->missing += p->state == LINT_MISSING;
	counts->not_analysed += p->news.n_unseen;
	for (size_t i = 0; i < p->n_judged; i++) {
		const struct judged *j = &p->v[i];

		counts->fixed += j->verdict == VERDICT_FIXED && j->partner == LINT_NONE;
		counts->suppressed += j->suppressed != NULL;
		if (!judged_counts(j))
			continue;
		counts->introduced++;
		counts->failing += j->finding.severity >= report->fail_on;
	}
}

void lint_count(const struct lint_report *report, struct lint_counts *counts)
{
	*counts = (struct lint_counts){ 0 };
	for (size_t i = 0; i < report->lint->n; i++)
		count_patch(report, &report->lint->patches[i], counts);
}

static void add_count(struct buf *out, size_t n, const char *what)
{
	if (n)
		buf_addf(out, "%s%zu %s", out->len ? ", " : "", n, what);
}

void lint_summary(const struct lint_report *report, struct buf *out)
{
	const struct lint *lint = report->lint;
	struct lint_counts c;
	struct buf parts = BUF_INIT;

	lint_count(report, &c);
	if (c.introduced)
		buf_addf(&parts, "%zu finding%s introduced", c.introduced,
			 c.introduced == 1 ? "" : "s");
	add_count(&parts, c.fixed, "fixed");
	if (!parts.len)
		buf_adds(&parts, "nothing introduced");
	add_count(&parts, c.suppressed, "suppressed");
	add_count(&parts, c.refused,
		  c.refused == 1 ? "PATCH DOES NOT APPLY" : "PATCHES DO NOT APPLY");
	add_count(&parts, c.missing, c.missing == 1 ? "PATCH IS MISSING" : "PATCHES ARE MISSING");
	add_count(&parts, c.not_analysed, "PLACES NOT ANALYSED");
	buf_addf(out, "%zu %s%s: %s", lint->n, lint->revision ? "patch" : "commit",
		 lint->n == 1     ? ""
		 : lint->revision ? "es"
				  : "s",
		 parts.p);
	buf_release(&parts);
}

static void add_others(const struct judged *j, struct buf *out)
{
	const char *sep = " (besides ";

	for (size_t i = 0; i < j->n_others; i++, sep = ", ")
		buf_addf(out, "%s%s:%d in %s", sep, j->others[i].path, j->others[i].line,
			 j->others[i].function);
	buf_adds(out, ")");
}

void lint_message(const struct lint_report *report, const struct judged *j, struct buf *out)
{
	const struct rule *rule = lint_rule(report, j->finding.rule);

	buf_adds(out, j->finding.message);
	if (j->n_others) {
		buf_adds(out, "; ");
		judged_ordinal(j, out);
		add_others(j, out);
	}
	if (rule && rule->refactor)
		buf_addf(out, "; 'icrfix backport --refactor %s --to BRANCH' brings the helper",
			 rule->refactor);
}

void lint_patch_trouble(const struct lint_patch *p, struct buf *out)
{
	switch (p->state) {
	case LINT_MISSING:
		buf_adds(out, "is missing");
		break;
	case LINT_STOPPED:
		buf_adds(out, "was not tried, since an earlier one does not apply");
		break;
	case LINT_REFUSED:
		buf_adds(out, "does not apply: ");
		if (p->refused_path)
			buf_addf(out, "%s: ", p->refused_path);
		buf_adds(out, p->refused_reason);
		break;
	default:
		buf_adds(out, "");
	}
}

void lint_patch_without(const struct lint *lint, size_t patch, struct buf *out)
{
	buf_adds(out, "");
	if (lint->single)
		return;
	for (size_t i = 0; (i = lint_without(lint, patch, i)) != LINT_NONE; i++)
		buf_addf(out, "%s%d/%d", out->len ? ", " : "", lint->patches[i].n,
			 lint->patches[i].m);
}

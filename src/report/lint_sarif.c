// SPDX-License-Identifier: GPL-2.0-only
#include "lint_report.h"
#include "sarif.h"

/* What the series introduces and takes away again is in neither state. */
static const char *state_of(const struct judged *j)
{
	if (j->partner != LINT_NONE)
		return NULL;
	switch (j->verdict) {
	case VERDICT_INTRODUCED:
		return "new";
	case VERDICT_FIXED:
		return "absent";
	default:
		return "updated";
	}
}

static void add_judged(const struct lint_report *r, const struct judged *j, struct sarif_run *run)
{
	const char *state = state_of(j);
	struct buf message = BUF_INIT;
	json_t *result;

	if (!state)
		return;
	if (j->verdict == VERDICT_INTRODUCED)
		lint_message(r, j, &message);
	else
		buf_adds(&message, j->finding.message);
	result = sarif_result(run, &j->finding, message.p, state);
	if (j->suppressed)
		sarif_suppress(result, j->suppressed);
	buf_release(&message);
}

static void add_patch(const struct lint_report *r, const struct lint_patch *p,
		      struct sarif_run *run)
{
	struct buf trouble = BUF_INIT, text = BUF_INIT;

	for (size_t i = 0; i < p->n_judged; i++)
		add_judged(r, &p->v[i], run);
	for (size_t i = 0; i < p->news.n_unseen; i++)
		sarif_unseen(run, &p->news.unseen[i], "warning");
	lint_patch_trouble(p, &trouble);
	if (trouble.len) {
		buf_addf(&text, "patch %d/%d %s", p->n, p->m, trouble.p);
		sarif_note(run, text.p);
	}
	buf_release(&trouble);
	buf_release(&text);
}

void lint_sarif(const struct lint_report *r, struct buf *out)
{
	struct lint_counts c;
	struct sarif_run run;

	lint_count(r, &c);
	sarif_begin(&run, r->rules, r->n_rules);
	for (size_t i = 0; i < r->lint->n; i++)
		add_patch(r, &r->lint->patches[i], &run);
	sarif_suppressions(&run, r->suppressions);
	sarif_emit(json_pack("[o]", sarif_end(&run, "icrfix lint",
					      !c.refused && !c.missing && !c.not_analysed)),
		   out);
}

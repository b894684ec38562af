// SPDX-License-Identifier: GPL-2.0-only
/* b4's external check: a JSON list of results, one for all rules. */
#include "base/text.h"
#include "json.h"
#include "lint_report.h"

static void add_details(const struct lint_report *r, struct buf *out)
{
	struct lint_report plain = *r;

	plain.color = false;
	lint_text(&plain, out);
}

static const char *status(const struct lint_counts *c)
{
	if (c->failing)
		return "fail";
	return c->introduced || c->refused || c->not_analysed ? "warn" : "pass";
}

void lint_b4(const struct lint_report *r, struct buf *out)
{
	struct buf details = BUF_INIT, summary = BUF_INIT;
	struct lint_counts c;
	json_t *o;

	if (!r->lint->n) {
		json_emit(json_array(), out);
		return;
	}
	o = json_object();
	lint_count(r, &c);
	lint_summary(r, &summary);
	add_details(r, &details);
	json_object_set_new(o, "tool", json_string("icrfix"));
	json_object_set_new(o, "status", json_string(status(&c)));
	json_object_set_new(o, "summary", json_text(summary.p));
	json_object_set_new(o, "url", json_null());
	json_object_set_new(o, "details", json_text(details.p));
	json_emit(json_pack("[o]", o), out);
	buf_release(&details);
	buf_release(&summary);
}

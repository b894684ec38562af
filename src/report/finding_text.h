/* SPDX-License-Identifier: GPL-2.0-only */
/* Findings as text, for the reports of scan and of lint. */
#ifndef REPORT_FINDING_TEXT_H
#define REPORT_FINDING_TEXT_H

#include <stdbool.h>

#include "base/buf.h"
#include "engine/finding.h"
#include "engine/rule.h"

/* path:line:column: severity: message [rule], the function and the lines. */
void finding_text(const struct finding *f, bool color, struct buf *out);

/* What mends the findings of a rule, as a paragraph. */
void finding_mend_text(const struct rule *rule, struct buf *out);

/* path:line: not analysed: function: reason [rule] */
void unseen_text(const struct unseen *u, bool color, struct buf *out);

/* "not analysed: FUNCTION: REASON", in foreign bytes; the caller frees it. */
char *unseen_message(const struct unseen *u);

#endif

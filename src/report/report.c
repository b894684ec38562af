// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "finding_text.h"

static const struct {
	const char *name;
	scan_writer *write;
} writers[] = {
	{ "text", report_text },     { "json", report_json },     { "sarif", report_sarif },
	{ "github", report_github }, { "gitlab", report_gitlab },
};

scan_writer *report_find(const char *format)
{
	for (size_t i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].name, format))
			return writers[i].write;
	return NULL;
}

static char *with_target(const struct scan_report *report, const struct scan_target *target,
			 const char *text)
{
	return report->n_targets > 1 ? xasprintf("%s: %s", target->name, text) : xstrdup(text);
}

char *report_message(const struct scan_report *report, const struct scan_target *target,
		     const struct finding *f)
{
	return with_target(report, target, f->message);
}

char *report_unseen_message(const struct scan_report *report, const struct scan_target *target,
			    const struct unseen *u)
{
	char *text = unseen_message(u), *message = with_target(report, target, text);

	free(text);
	return message;
}

size_t report_count(const struct scan_report *report, size_t *unseen)
{
	size_t n = 0;

	*unseen = 0;
	for (size_t i = 0; i < report->n_targets; i++) {
		n += report->targets[i].findings.n;
		*unseen += report->targets[i].findings.n_unseen;
	}
	return n;
}

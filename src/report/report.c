// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"

#include <string.h>

#include "base/mem.h"

static const struct {
	const char *name;
	scan_writer *write;
} writers[] = {
	{ "text", report_text },
	{ "json", report_json },
	{ "sarif", report_sarif },
};

scan_writer *report_find(const char *format)
{
	for (size_t i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].name, format))
			return writers[i].write;
	return NULL;
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

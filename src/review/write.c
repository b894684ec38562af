// SPDX-License-Identifier: GPL-2.0-only
#include "write.h"

#include <string.h>

#include "base/mem.h"

static const struct {
	const char *name;
	review_writer *write;
} writers[] = {
	{ "text", review_text },
	{ "json", review_json },
	{ "html", review_html },
};

review_writer *review_find(const char *format)
{
	for (size_t i = 0; i < ARRAY_SIZE(writers); i++)
		if (!strcmp(writers[i].name, format))
			return writers[i].write;
	return NULL;
}

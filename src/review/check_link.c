// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "changelog_note.h"
#include "check.h"

static bool takes_url(const char *name)
{
	return !strcasecmp(name, "Link") || !strcasecmp(name, "Closes") ||
	       !strcasecmp(name, "BugLink");
}

/* A Message-ID, with or without <>, as a URL. */
static char *as_url(const char *value)
{
	size_t skip = *value == '<', n = strcspn(value + skip, ">");

	if (!strchr(value, '@') || strpbrk(value, " \t"))
		return NULL;
	return xasprintf("https://lore.kernel.org/r/%.*s", (int)n, value + skip);
}

static void check_trailer(struct review *r, size_t i, const struct trailer *t)
{
	char *url, *text;

	if (!takes_url(t->name) || strstr(t->value, "://"))
		return;
	url = as_url(t->value);
	text = url ? xasprintf("%s: takes a URL: %s", t->name, url)
		   : xasprintf("%s: takes a URL", t->name);
	changelog_note(r, i, "link", SEVERITY_NOTE,
		       trailer_line_of(review_patch(r, i), t->name, t->value), 0, text);
	free(url);
}

int check_link(struct review *r, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < r->lint->n; i++)
		for (size_t k = 0; k < review_patch(r, i)->own.n; k++)
			check_trailer(r, i, &review_patch(r, i)->own.v[k]);
	return 0;
}

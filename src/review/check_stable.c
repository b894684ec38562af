// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "changelog_note.h"
#include "check.h"

/* All that the kernel's documentation has; the second reaches nobody, on purpose. */
static const char *const addresses[] = { "stable@vger.kernel.org", "stable@kernel.org",
					 "stable+noautosel@kernel.org" };

static bool is_right(struct span addr)
{
	for (size_t i = 0; i < ARRAY_SIZE(addresses); i++)
		if (addr.n == strlen(addresses[i]) && !strncasecmp(addr.p, addresses[i], addr.n))
			return true;
	return false;
}

/* The address whose local part speaks of stable; empty when there is none. */
static struct span stable_address(const char *value)
{
	static const char *const names[] = { "stable", "linux-stable", "stable-kernel" };

	for (const char *at = strchr(value, '@'); at; at = strchr(at + 1, '@')) {
		const char *start = at;
		size_t n;

		while (start > value && !strchr(" <,\"", start[-1]))
			start--;
		n = (size_t)(at - start) + strcspn(at, " >,#[(");
		if (!strncmp(start, "stable+", 7))
			return (struct span){ start, n };
		for (size_t i = 0; i < ARRAY_SIZE(names); i++)
			if (strlen(names[i]) == (size_t)(at - start) &&
			    !strncasecmp(start, names[i], strlen(names[i])))
				return (struct span){ start, n };
	}
	return (struct span){ "", 0 };
}

static void check_trailer(struct review *r, size_t i, const struct trailer *t)
{
	struct span addr = stable_address(t->value);
	const char *behind = addr.p + addr.n;
	char *text = NULL;

	if (strcasecmp(t->name, "Cc") != 0 || !addr.n)
		return;
	behind += *behind == '>';
	behind += strspn(behind, " \t");
	if (!is_right(addr))
		text = xasprintf("%.*s is not the stable team's address: "
				 "Cc: stable@vger.kernel.org",
				 (int)addr.n, addr.p);
	else if (*behind && !strchr("#[,", *behind))
		text = xasprintf("what is said to the stable team stands behind a #: "
				 "Cc: %.*s # %s",
				 (int)addr.n, addr.p, behind);
	if (text)
		changelog_note(r, i, "stable", SEVERITY_NOTE,
			       trailer_line_of(review_patch(r, i), t->name, t->value), 0, text);
}

int check_stable(struct review *r, struct err *err)
{
	(void)err;
	for (size_t i = 0; i < r->lint->n; i++)
		for (size_t k = 0; k < review_patch(r, i)->own.n; k++)
			check_trailer(r, i, &review_patch(r, i)->own.v[k]);
	return 0;
}

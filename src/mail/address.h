/* SPDX-License-Identifier: GPL-2.0-only */
/* Mail addresses in decoded text, as people write them. */
#ifndef MAIL_ADDRESS_H
#define MAIL_ADDRESS_H

#include <stdbool.h>

#include "base/text.h"

/* Both are owned and never NULL after address_parse(). */
struct address {
	char *name; /* "" when there is none */
	char *addr; /* "" when there is none */
};

#define ADDRESS_INIT       \
	{                  \
		NULL, NULL \
	}

/*
 * "Name <addr>", "\"Last, First\" <addr>", "addr (Name)" or "addr"; what
 * follows a ">" is left out.  A text without an address: only a name.
 */
void address_parse(struct address *a, struct span text);

/* "Name <addr>", or only one of them; the caller frees it. */
char *address_format(const struct address *a);

/*
 * Whether two addresses are one person's: equal but for case, a "+tag" in the
 * local part and one level of subdomain (a@linux.intel.com, a@intel.com).
 */
bool address_same(const char *a, const char *b);

void address_release(struct address *a);

#endif

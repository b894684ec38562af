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

/*
 * Whether an address is of the plain kind, local@domain in ASCII without
 * quotes: that can stand between < and > and needs no extension to be sent to.
 */
bool address_is_plain(const char *addr);

void address_release(struct address *a);

/* Initialise with ADDRESSES_INIT, free with addresses_release(). */
struct addresses {
	struct address *v;
	size_t n, cap;
};

#define ADDRESSES_INIT     \
	{                  \
		NULL, 0, 0 \
	}

/* Add a copy, but not of one whose address (whatever its name) is there already. */
void addresses_add(struct addresses *all, const struct address *a);

/* Whether one of them has that address, no matter the case. */
bool addresses_have(const struct addresses *all, const char *addr);

void addresses_release(struct addresses *all);

#endif

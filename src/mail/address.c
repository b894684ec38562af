// SPDX-License-Identifier: GPL-2.0-only
#include "address.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

static char *clean(struct span s)
{
	char *text;

	s = span_trim(s);
	if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"') {
		s.p++;
		s.n -= 2;
	}
	text = text_valid_dup(s.p, s.n);
	text_squeeze(text);
	return text;
}

/* "Name <addr>": the last "<" counts, a name may hold one. */
static bool parse_angle(struct address *a, struct span s)
{
	const char *lt = memrchr(s.p, '<', s.n), *gt;

	if (!lt)
		return false;
	gt = memchr(lt, '>', (size_t)(s.p + s.n - lt));
	if (!gt)
		return false;
	a->name = clean((struct span){ s.p, (size_t)(lt - s.p) });
	a->addr = clean((struct span){ lt + 1, (size_t)(gt - lt - 1) });
	return true;
}

void address_parse(struct address *a, struct span s)
{
	const char *open;

	address_release(a);
	s = span_trim(s);
	if (!s.n) {
		s.p = "";
	} else if (parse_angle(a, s)) {
		return;
	}
	open = s.n && s.p[s.n - 1] == ')' ? memchr(s.p, '(', s.n) : NULL;
	if (open && memchr(s.p, '@', (size_t)(open - s.p))) {
		a->addr = clean((struct span){ s.p, (size_t)(open - s.p) });
		a->name = clean((struct span){ open + 1, (size_t)(s.p + s.n - open - 2) });
	} else if (memchr(s.p, '@', s.n) && !memchr(s.p, ' ', s.n)) {
		a->addr = clean(s);
		a->name = xstrdup("");
	} else {
		a->addr = xstrdup("");
		a->name = clean(s);
	}
}

char *address_format(const struct address *a)
{
	if (!a->addr[0])
		return xstrdup(a->name);
	if (!a->name[0])
		return xstrdup(a->addr);
	return xasprintf("%s <%s>", a->name, a->addr);
}

/* The local part without its tag. */
static size_t local_len(const char *addr, size_t at)
{
	const char *plus = memchr(addr, '+', at);

	return plus && plus > addr ? (size_t)(plus - addr) : at;
}

static int dots(const char *s)
{
	int n = 0;

	for (; *s; s++)
		n += *s == '.';
	return n;
}

/* Whether one domain is the other one below one more label. */
static bool domain_same(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b);

	if (na < nb)
		return domain_same(b, a);
	if (na == nb)
		return !strcasecmp(a, b);
	return dots(b) >= 1 && dots(a) == dots(b) + 1 && a[na - nb - 1] == '.' &&
	       !strcasecmp(a + na - nb, b);
}

bool address_same(const char *a, const char *b)
{
	const char *at_a = strrchr(a, '@'), *at_b = strrchr(b, '@');
	size_t na, nb;

	if (!at_a || !at_b)
		return false;
	na = local_len(a, (size_t)(at_a - a));
	nb = local_len(b, (size_t)(at_b - b));
	return na == nb && !strncasecmp(a, b, na) && domain_same(at_a + 1, at_b + 1);
}

void address_release(struct address *a)
{
	free(a->name);
	free(a->addr);
	a->name = a->addr = NULL;
}

bool address_is_plain(const char *addr)
{
	const char *at = strrchr(addr, '@');

	if (!at || at == addr || !at[1] || strlen(addr) > 254)
		return false;
	for (const char *p = addr; *p; p++)
		if (*p <= ' ' || *p >= 0x7f || strchr("<>()[],;:\\\"", *p))
			return false;
	return true;
}

bool addresses_have(const struct addresses *all, const char *addr)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcasecmp(all->v[i].addr, addr))
			return true;
	return false;
}

void addresses_add(struct addresses *all, const struct address *a)
{
	if (addresses_have(all, a->addr))
		return;
	GROW(all->v, all->n, all->cap);
	all->v[all->n++] = (struct address){ xstrdup(a->name), xstrdup(a->addr) };
}

void addresses_release(struct addresses *all)
{
	for (size_t i = 0; i < all->n; i++)
		address_release(&all->v[i]);
	free(all->v);
	*all = (struct addresses)ADDRESSES_INIT;
}

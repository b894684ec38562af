// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wu and Manber's search: two bytes at the end of a window as long as the
 * shortest word tell how far it can be moved.
 */
#include "needles.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define PAIRS 65536

struct needles {
	const char *const *words;
	size_t n;
	size_t window; /* length of the shortest, at least NEEDLE_MIN */
	uint8_t shift[PAIRS];
};

/* Letters alike in both cases; what else becomes alike is told apart by the comparison. */
static unsigned int pair(const char *p)
{
	return ((unsigned int)(unsigned char)p[0] << 8 | (unsigned char)p[1]) | 0x2020;
}

struct needles *needles_new(const char *const *words, size_t n)
{
	struct needles *nd = xcalloc(1, sizeof(*nd));

	nd->words = words;
	nd->n = n;
	nd->window = 100;
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(words[i]);

		if (len >= NEEDLE_MIN && len < nd->window)
			nd->window = len;
	}
	memset(nd->shift, (int)nd->window - 1, sizeof(nd->shift));
	for (size_t i = 0; i < n; i++) {
		if (strlen(words[i]) < NEEDLE_MIN)
			continue;
		for (size_t k = 1; k < nd->window; k++) {
			uint8_t *s = &nd->shift[pair(words[i] + k - 1)];

			if (nd->window - 1 - k < *s)
				*s = (uint8_t)(nd->window - 1 - k);
		}
	}
	return nd;
}

void needles_free(struct needles *needles)
{
	free(needles);
}

static void compare(const struct needles *nd, const char *p, size_t at, size_t len,
		    void (*hit)(void *ctx, size_t i), void *ctx)
{
	if (at && isalpha((unsigned char)p[at - 1]))
		return;
	for (size_t i = 0; i < nd->n; i++) {
		size_t n = strlen(nd->words[i]);

		if (n >= NEEDLE_MIN && n <= len - at && !strncasecmp(p + at, nd->words[i], n) &&
		    (at + n == len || !isalpha((unsigned char)p[at + n])))
			hit(ctx, i);
	}
}

void needles_run(const struct needles *nd, const char *p, size_t len,
		 void (*hit)(void *ctx, size_t i), void *ctx)
{
	for (size_t end = nd->window - 1; end < len;) {
		size_t shift = nd->shift[pair(p + end - 1)];

		if (!shift)
			compare(nd, p, end - (nd->window - 1), len, hit, ctx);
		end += shift ? shift : 1;
	}
}

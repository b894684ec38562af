// SPDX-License-Identifier: GPL-2.0-only
/*
 * Wu and Manber, "A fast algorithm for multi-pattern searching" (1994): a table
 * tells from the last three bytes of a window how far the next place is where
 * any anchor could end, so that most bytes of a file are never looked at.
 */
#include "prefilter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strv.h"
#include "source.h"

#define BLOCK 3
#define TABLE_BITS 14
#define TABLE (1U << TABLE_BITS)
#define MAX_WINDOW 64
#define MAX_ANCHORS 1024

struct prefilter {
	const struct rule *const *rules;
	size_t n_rules;
	/* Tokens of which each candidate holds at least one. */
	struct strv anchors;
	size_t window;        /* length of the shortest */
	unsigned char *shift; /* by hash of a block; NULL: no tables */
	short *first;         /* by hash: anchor whose window ends so, -1: none */
	short *next;          /* by anchor: another one */
};

static inline unsigned int hash(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;
	uint32_t block = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16;

	return block * 2654435761U >> (32 - TABLE_BITS);
}

static void add_anchor(struct prefilter *pf, const char *token)
{
	size_t n = strlen(token);

	if (strv_has(&pf->anchors, token))
		return;
	strv_add(&pf->anchors, token);
	if (n < pf->window)
		pf->window = n;
}

/* One token of those that must all be there is enough: the longest. */
static void add_anchors(struct prefilter *pf, const struct tokens *tokens)
{
	const char *longest = "";

	for (size_t i = 0; i < tokens->all.n; i++)
		if (strlen(tokens->all.v[i]) > strlen(longest))
			longest = tokens->all.v[i];
	if (*longest) {
		add_anchor(pf, longest);
		return;
	}
	for (size_t i = 0; i < tokens->any.n; i++)
		add_anchor(pf, tokens->any.v[i]);
}

static void fill_tables(struct prefilter *pf)
{
	size_t m = pf->window;

	pf->shift = xmalloc(TABLE);
	pf->first = xcalloc(TABLE, sizeof(*pf->first));
	pf->next = xcalloc(pf->anchors.n, sizeof(*pf->next));
	memset(pf->shift, (int)(m - BLOCK + 1), TABLE);
	for (size_t h = 0; h < TABLE; h++)
		pf->first[h] = -1;
	for (size_t a = 0; a < pf->anchors.n; a++) {
		const char *anchor = pf->anchors.v[a];
		unsigned int last = hash(anchor + m - BLOCK);

		for (size_t end = BLOCK; end <= m; end++) {
			unsigned char *s = &pf->shift[hash(anchor + end - BLOCK)];

			if (m - end < *s)
				*s = (unsigned char)(m - end);
		}
		pf->next[a] = pf->first[last];
		pf->first[last] = (short)a;
	}
}

struct prefilter *prefilter_new(const struct rule *const *rules, size_t n)
{
	struct prefilter *pf = xcalloc(1, sizeof(*pf));

	pf->rules = rules;
	pf->n_rules = n;
	pf->window = MAX_WINDOW;
	for (size_t i = 0; i < n; i++)
		add_anchors(pf, &rules[i]->tokens);
	/* Anchors too short or too many for the tables: every file is looked at. */
	if (pf->anchors.n && pf->window >= BLOCK && pf->anchors.n <= MAX_ANCHORS)
		fill_tables(pf);
	return pf;
}

void prefilter_free(struct prefilter *pf)
{
	if (!pf)
		return;
	strv_release(&pf->anchors);
	free(pf->shift);
	free(pf->first);
	free(pf->next);
	free(pf);
}

/* Whether one of the anchors stands in the bytes, as part of a longer word too. */
static bool has_anchor(const struct prefilter *pf, const char *p, size_t len)
{
	const char *end = p + len, *at = p + pf->window - BLOCK;

	while (len >= pf->window && at + BLOCK <= end) {
		unsigned int h = hash(at), shift = pf->shift[h];
		const char *begin = at + BLOCK - pf->window;

		if (shift) {
			at += shift;
			continue;
		}
		for (short a = pf->first[h]; a >= 0; a = pf->next[a]) {
			size_t n = strlen(pf->anchors.v[a]);

			if ((size_t)(end - begin) >= n && !memcmp(begin, pf->anchors.v[a], n))
				return true;
		}
		at++;
	}
	return false;
}

uint64_t prefilter_run(const struct prefilter *pf, const char *p, size_t len)
{
	uint64_t bits = 0;

	if (pf->shift && !has_anchor(pf, p, len))
		return 0;
	for (size_t i = 0; i < pf->n_rules; i++)
		if (tokens_match(&pf->rules[i]->tokens, p, len))
			bits |= (uint64_t)1 << i;
	return bits;
}

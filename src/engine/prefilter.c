// SPDX-License-Identifier: GPL-2.0-only
/*
 * A candidate holds at least one of a few identifiers, the anchors.  Of each
 * anchor two bytes that are rare in C are compared at their distance, for all
 * places of a block of the file at once (in vectors, which need no more than
 * what every x86-64 and arm64 has); only where some pair fits, the bytes are
 * searched for the anchors themselves.  Most of a tree goes by at the speed of
 * its inflation, which one memmem() a token does not reach.
 */
#include "prefilter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "source.h"

#define BLOCK 64
#define MAX_ANCHORS 32

typedef unsigned char vec __attribute__((vector_size(16)));
typedef unsigned long long words __attribute__((vector_size(16)));

struct anchor {
	const char *text; /* a token of a rule */
	size_t len;
	size_t a, b; /* places of the two bytes */
	vec first, second;
};

struct prefilter {
	const struct rule *const *rules;
	size_t n_rules;
	struct anchor anchors[MAX_ANCHORS];
	size_t n;
	size_t longest; /* length of the longest anchor */
	bool all;       /* too many anchors: every file is looked at */
};

/* How often a byte stands in C, by its place among the usual ones; rare ones first. */
static int commonness(char c)
{
	static const char order[] =
		" \tetrniasodclpum_fgh,;()x0>-b*=v1/k.\nyw&2z3q\"4S6E5jITCRADPNLOMU";
	const char *at = memchr(order, c, sizeof(order) - 1);

	return at ? (int)(sizeof(order) - (size_t)(at - order)) : 0;
}

static vec repeat(char c)
{
	vec v;

	memset(&v, c, sizeof(v));
	return v;
}

static struct anchor make_anchor(const char *token)
{
	struct anchor a = { .text = token, .len = strlen(token) };

	for (size_t i = 1; i < a.len; i++)
		if (commonness(token[i]) < commonness(token[a.a]))
			a.a = i;
	a.b = a.a ? 0 : a.len - 1;
	for (size_t i = 0; i < a.len; i++)
		if (i != a.a && commonness(token[i]) < commonness(token[a.b]))
			a.b = i;
	a.first = repeat(token[a.a]);
	a.second = repeat(token[a.b]);
	return a;
}

/* A token that holds another anchor is found with that one. */
static void add_anchor(struct prefilter *pf, const char *token)
{
	size_t out = 0;

	for (size_t i = 0; i < pf->n; i++)
		if (strstr(token, pf->anchors[i].text))
			return;
	for (size_t i = 0; i < pf->n; i++)
		if (!strstr(pf->anchors[i].text, token))
			pf->anchors[out++] = pf->anchors[i];
	pf->n = out;
	if (pf->n == MAX_ANCHORS)
		pf->all = true;
	else
		pf->anchors[pf->n++] = make_anchor(token);
}

static void add_any(struct prefilter *pf, const struct strv *tokens)
{
	for (size_t i = 0; i < tokens->n; i++)
		add_anchor(pf, tokens->v[i]);
}

/*
 * One token of those that must all be there is enough: the longest.  A file's
 * own come first: they are what keeps most files out.
 */
static void add_anchors(struct prefilter *pf, const struct tokens *tokens)
{
	const char *longest = "";

	if (tokens->file.n) {
		add_any(pf, &tokens->file);
		return;
	}
	for (size_t i = 0; i < tokens->all.n; i++)
		if (strlen(tokens->all.v[i]) > strlen(longest))
			longest = tokens->all.v[i];
	if (*longest)
		add_anchor(pf, longest);
	else
		add_any(pf, &tokens->any);
}

/* Whether a file holds what the tokens ask for. */
static bool file_matches(const struct tokens *tokens, const char *p, size_t len)
{
	const struct tokens file = { .any = tokens->file };

	return tokens_match(&file, p, len) && tokens_match(tokens, p, len);
}

struct prefilter *prefilter_new(const struct rule *const *rules, size_t n)
{
	struct prefilter *pf = xcalloc(1, sizeof(*pf));

	pf->rules = rules;
	pf->n_rules = n;
	for (size_t i = 0; i < n; i++)
		add_anchors(pf, &rules[i]->tokens);
	for (size_t i = 0; i < pf->n; i++)
		if (pf->anchors[i].len > pf->longest)
			pf->longest = pf->anchors[i].len;
	return pf;
}

void prefilter_free(struct prefilter *pf)
{
	free(pf);
}

static inline vec load(const char *p)
{
	vec v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* Whether an anchor could begin in the block at P, by its two bytes. */
static inline bool pair_fits(const struct prefilter *pf, const char *p)
{
	vec any = { 0 };
	words bits;

	for (size_t i = 0; i < pf->n; i++) {
		const struct anchor *a = &pf->anchors[i];
		const char *pa = p + a->a, *pb = p + a->b;

		for (int k = 0; k < BLOCK; k += 16)
			any |= (vec)(load(pa + k) == a->first) & (vec)(load(pb + k) == a->second);
	}
	bits = (words)any;
	return (bits[0] | bits[1]) != 0;
}

/* Whether one of the anchors stands in the bytes, as part of a longer word too. */
static bool search(const struct prefilter *pf, const char *p, size_t len)
{
	for (size_t i = 0; i < pf->n; i++)
		if (memmem(p, len, pf->anchors[i].text, pf->anchors[i].len))
			return true;
	return false;
}

static bool has_anchor(const struct prefilter *pf, const char *p, size_t len)
{
	size_t reach = BLOCK + pf->longest, at = 0;

	for (; at + reach <= len; at += BLOCK)
		if (pair_fits(pf, p + at) && search(pf, p + at, reach))
			return true;
	return search(pf, p + at, len - at);
}

uint64_t prefilter_run(const struct prefilter *pf, const char *p, size_t len)
{
	uint64_t bits = 0;

	if (!pf->all && !has_anchor(pf, p, len))
		return 0;
	for (size_t i = 0; i < pf->n_rules; i++)
		if (file_matches(&pf->rules[i]->tokens, p, len))
			bits |= (uint64_t)1 << i;
	return bits;
}

// SPDX-License-Identifier: GPL-2.0-only
#include "word_forms.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define PART_MIN 3 /* letters of each word in a compound */

struct known {
	bool (*fn)(void *ctx, const char *word);
	void *ctx;
};

/* What a word may end in, and what stood there before that. */
static const struct {
	const char *end, *was[2];
} ends[] = {
	{ "s", { "", NULL } },           { "es", { "", "e" } },
	{ "ed", { "", "e" } },           { "ing", { "", "e" } },
	{ "er", { "", "e" } },           { "ers", { "", "e" } },
	{ "or", { "", "e" } },           { "ors", { "", "e" } },
	{ "ly", { "", "le" } },          { "able", { "", "e" } },
	{ "ness", { "", NULL } },        { "ies", { "y", NULL } },
	{ "ied", { "y", NULL } },        { "ment", { "", NULL } },
	{ "less", { "", NULL } },        { "ally", { "al", "" } },
	{ "ization", { "ize", NULL } },  { "izing", { "ize", NULL } },
	{ "ability", { "able", NULL } },
};

static const char *const begins[] = {
	"un",    "re",    "non",   "sub",  "pre",  "de",   "multi",   "over",  "under", "inter",
	"super", "hyper", "micro", "mis",  "out",  "up",   "down",    "auto",  "co",    "dis",
	"anti",  "self",  "meta",  "para", "semi", "mini", "in",      "im",    "post",  "mid",
	"cross", "bi",    "tri",   "uni",  "back", "fore", "counter", "trans", "extra", "pseudo",
};

/* British and American, where either may stand for the other. */
static const struct {
	const char *from, *to;
} spellings[] = {
	{ "our", "or" },  { "is", "iz" },   { "ys", "yz" },     { "ll", "l" },  { "l", "ll" },
	{ "tre", "ter" }, { "ogue", "og" }, { "ence", "ense" }, { "mme", "m" }, { "ae", "e" },
};

/* The word with N letters at AT made into TO. */
static bool knows_with(const struct known *known, const char *word, size_t at, size_t n,
		       const char *to, bool (*ask)(const struct known *known, const char *word))
{
	char other[WORD_MAX + 8];

	snprintf(other, sizeof(other), "%.*s%s%s", (int)at, word, to, word + at + n);
	return ask(known, other);
}

static bool plainly(const struct known *known, const char *word)
{
	return known->fn(known->ctx, word);
}

/* stopped is of stop. */
static bool doubled(const struct known *known, const char *word, size_t stem)
{
	return stem > PART_MIN && word[stem - 1] == word[stem - 2] &&
	       knows_with(known, word, stem - 1, strlen(word + stem - 1), "", plainly);
}

static bool is_form(const struct known *known, const char *word)
{
	size_t n = strlen(word);

	if (plainly(known, word))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		size_t end = strlen(ends[i].end);

		if (n < end + PART_MIN || strcmp(word + n - end, ends[i].end) != 0)
			continue;
		for (int k = 0; k < 2 && ends[i].was[k]; k++)
			if (knows_with(known, word, n - end, end, ends[i].was[k], plainly))
				return true;
		if (doubled(known, word, n - end))
			return true;
	}
	return false;
}

static bool has_prefix(const struct known *known, const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(begins); i++) {
		size_t n = strlen(begins[i]);

		if (!strncmp(word, begins[i], n) && strlen(word + n) >= PART_MIN &&
		    is_form(known, word + n))
			return true;
	}
	return false;
}

static bool is_compound(const struct known *known, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = PART_MIN; i + PART_MIN <= n; i++)
		if (knows_with(known, word, i, n - i, "", plainly) && is_form(known, word + i))
			return true;
	return false;
}

static bool spelled_otherwise(const struct known *known, const char *word)
{
	for (size_t i = 0; i < ARRAY_SIZE(spellings); i++) {
		const char *from = spellings[i].from, *at = word;

		while ((at = strstr(at, from))) {
			if (knows_with(known, word, (size_t)(at - word), strlen(from),
				       spellings[i].to, is_form))
				return true;
			at++;
		}
	}
	return false;
}

bool word_is_form(const char *word, bool (*known)(void *ctx, const char *word), void *ctx)
{
	struct known k = { known, ctx };

	return strlen(word) <= WORD_MAX && is_form(&k, word);
}

bool word_is_made_of(const char *word, bool (*known)(void *ctx, const char *word), void *ctx)
{
	struct known k = { known, ctx };

	return strlen(word) <= WORD_MAX && (is_form(&k, word) || has_prefix(&k, word) ||
					    is_compound(&k, word) || spelled_otherwise(&k, word));
}

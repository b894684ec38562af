// SPDX-License-Identifier: GPL-2.0-only
/* engine: the token search against a naive one, on pseudo-random texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/prefilter.h"

#define MAX_RULES 64

struct set {
	struct rule rules[MAX_RULES];
	const struct rule *list[MAX_RULES];
	size_t n;
};

/* A rule from "all all|any any|file file". */
static void add_rule(struct set *set, const char *spec)
{
	struct tokens *t = &set->rules[set->n].tokens;
	struct strv *to = &t->all;

	for (const char *p = spec; *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " |");

		if (n)
			strv_take(to, xstrndup(p, n));
		p += n;
		if (*p == '|') {
			to = to == &t->all ? &t->any : &t->file;
			p++;
		}
	}
	set->list[set->n] = &set->rules[set->n];
	set->n++;
}

static void release(struct set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		strv_release(&set->rules[i].tokens.all);
		strv_release(&set->rules[i].tokens.any);
		strv_release(&set->rules[i].tokens.file);
	}
}

static bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The naive search: cut the text into words and compare each. */
static bool has_word(const char *word, const char *p, size_t len)
{
	for (size_t i = 0; i < len;) {
		size_t from = i;

		while (i < len && word_char(p[i]))
			i++;
		if (i - from == strlen(word) && i > from && !memcmp(p + from, word, i - from))
			return true;
		i += i == from;
	}
	return false;
}

static bool has_any(const struct strv *words, const char *p, size_t len)
{
	for (size_t i = 0; i < words->n; i++)
		if (has_word(words->v[i], p, len))
			return true;
	return !words->n;
}

static bool naive(const struct tokens *t, const char *p, size_t len)
{
	for (size_t i = 0; i < t->all.n; i++)
		if (!has_word(t->all.v[i], p, len))
			return false;
	return has_any(&t->any, p, len) && has_any(&t->file, p, len);
}

static uint32_t seed;

static uint32_t next_random(uint32_t below)
{
	seed = seed * 1664525U + 1013904223U;
	return (uint32_t)((uint64_t)(seed >> 8) * below >> 24);
}

/* Words of the rules, whole, cut, longer and mixed with other bytes. */
static char *random_text(const char *const *words, size_t n_words, size_t *len)
{
	static const char between[] = " \t\n(),;->{}/\"_xA1\0\xff";
	struct buf text = BUF_INIT;
	uint32_t n = next_random(40);

	buf_adds(&text, "");
	for (uint32_t i = 0; i < n; i++) {
		const char *w = words[next_random((uint32_t)n_words)];
		size_t size = strlen(w), from = next_random(8) ? 0 : next_random((uint32_t)size);

		if (next_random(4))
			buf_add(&text, w + from, size - from - !next_random(8));
		for (uint32_t gap = next_random(4); gap; gap--)
			buf_addc(&text, between[next_random(sizeof(between) - 1)]);
	}
	*len = text.len;
	return buf_detach(&text);
}

/* How many of the texts each answer came for; fails on the first difference. */
static void compare(struct set *set, const char *const *words, size_t n_words, size_t yes[2])
{
	struct prefilter *pf = prefilter_new(set->list, set->n);

	for (int round = 0; round < 4000; round++) {
		size_t len;
		char *made = random_text(words, n_words, &len), *text = xmemdup(made, len);
		uint64_t bits = prefilter_run(pf, text, len);

		for (size_t i = 0; i < set->n; i++) {
			bool expected = naive(&set->rules[i].tokens, text, len);

			if (expected != (bits >> i & 1))
				fail_msg("round %d, rule %zu: expected %d for '%s'", round, i,
					 expected, made);
			yes[expected]++;
		}
		assert_true(set->n == 64 || !(bits >> set->n));
		free(made);
		free(text);
	}
	prefilter_free(pf);
}

static void check(const char *const *specs, size_t n_specs, const char *const *words,
		  size_t n_words)
{
	struct set set = { .n = 0 };
	size_t yes[2] = { 0, 0 };

	seed = 20211110;
	for (size_t i = 0; i < n_specs; i++)
		add_rule(&set, specs[i]);
	compare(&set, words, n_words, yes);
	/* Both answers are to be tried often. */
	assert_true(yes[0] > 400 && yes[1] > 400);
	release(&set);
}

static const char *const words[] = { "APIC_ICR",
				     "APIC_ICR2",
				     "kvm_lapic_reg_write",
				     "kvm_lapic_get_reg",
				     "apic_reg_write",
				     "ICR",
				     "lapic",
				     "x" };

static void same_as_naive(void **state)
{
	static const char *const specs[] = {
		"APIC_ICR2 APIC_ICR|kvm_lapic_reg_write apic_reg_write",
		"APIC_ICR|kvm_lapic_get_reg lapic",
		"|kvm_lapic_reg_write kvm_lapic_get_reg",
		"APIC_ICR2",
	};

	(void)state;
	check(specs, ARRAY_SIZE(specs), words, ARRAY_SIZE(words));
}

static void short_tokens(void **state)
{
	static const char *const three[] = { "ICR", "lapic|APIC_ICR", "|ICR lapic" };
	static const char *const one[] = { "x", "APIC_ICR2", "|x ICR" };

	(void)state;
	check(three, ARRAY_SIZE(three), words, ARRAY_SIZE(words));
	check(one, ARRAY_SIZE(one), words, ARRAY_SIZE(words));
}

static void tokens_of_the_file(void **state)
{
	static const char *const specs[] = {
		"ICR|lapic|x",
		"||APIC_ICR",
		"ICR||apic_reg_write kvm_lapic_get_reg",
	};

	(void)state;
	check(specs, ARRAY_SIZE(specs), words, ARRAY_SIZE(words));
}

static void tokens_longer_than_the_window(void **state)
{
	static const char *const specs[] = {
		"a_token_that_is_longer_than_the_window_of_the_search_which_is_64_bytes_wide",
	};
	static const char *const long_words[] = {
		"a_token_that_is_longer_than_the_window_of_the_search_which_is_64_bytes_wide",
		"a_token_that_is_longer_than_the_window_of_the_search_which_is_64_bytes",
		"x",
	};

	(void)state;
	check(specs, ARRAY_SIZE(specs), long_words, ARRAY_SIZE(long_words));
}

static void sixty_four_rules(void **state)
{
	struct set set = { .n = 0 };
	struct prefilter *pf;

	(void)state;
	for (int i = 0; i < MAX_RULES; i++) {
		char *spec = xasprintf("token_%02d", i);

		add_rule(&set, spec);
		free(spec);
	}
	pf = prefilter_new(set.list, set.n);
	assert_true(prefilter_run(pf, "token_00 token_63", 17) == (1ULL | 1ULL << 63));
	assert_true(prefilter_run(pf, "token_31", 8) == 1ULL << 31);
	assert_true(prefilter_run(pf, "token_64", 8) == 0);
	prefilter_free(pf);
	release(&set);
}

static void edges(void **state)
{
	struct set set = { .n = 0 };
	struct prefilter *pf = prefilter_new(NULL, 0);

	(void)state;
	assert_true(prefilter_run(pf, "anything", 8) == 0);
	prefilter_free(pf);
	prefilter_free(NULL);
	add_rule(&set, "APIC_ICR");
	pf = prefilter_new(set.list, set.n);
	assert_true(prefilter_run(pf, "", 0) == 0);
	assert_true(prefilter_run(pf, "APIC_ICR", 8) == 1);
	assert_true(prefilter_run(pf, "APIC_ICR", 7) == 0);
	assert_true(prefilter_run(pf, "APIC_ICR2 APIC_ICR", 18) == 1);
	assert_true(prefilter_run(pf, "\0\0APIC_ICR\0", 11) == 1);
	prefilter_free(pf);
	release(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_as_naive),
		cmocka_unit_test(short_tokens),
		cmocka_unit_test(tokens_of_the_file),
		cmocka_unit_test(tokens_longer_than_the_window),
		cmocka_unit_test(sixty_four_rules),
		cmocka_unit_test(edges),
	};

	return cmocka_run_group_tests_name("prefilter", tests, NULL, NULL);
}

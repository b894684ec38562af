// SPDX-License-Identifier: GPL-2.0-only
#include "near.h"

#include <string.h>

#define VOWELS "aeiou"
#define VOWELS_MIN 9 /* letters, to compare by consonants */
#define VOWELS_OFF 2 /* vowels that may differ */

/* The first letter being the same. */
static bool one_step(const char *a, size_t na, const char *b, size_t nb)
{
	while (na && nb && *a == *b)
		a++, b++, na--, nb--;
	while (na && nb && a[na - 1] == b[nb - 1])
		na--, nb--;
	if (na == 2 && nb == 2)
		return a[0] == b[1] && a[1] == b[0];
	return na <= 1 && nb <= 1 && na + nb;
}

/* How many vowels differ in two runs of them, in whatever order. */
static size_t runs_differ(const char *a, size_t na, const char *b, size_t nb)
{
	size_t common = 0;

	for (const char *v = VOWELS; *v; v++) {
		size_t in_a = 0, in_b = 0;

		for (size_t i = 0; i < na; i++)
			in_a += a[i] == *v;
		for (size_t i = 0; i < nb; i++)
			in_b += b[i] == *v;
		common += in_a < in_b ? in_a : in_b;
	}
	return (na > nb ? na : nb) - common;
}

static bool same_consonants(const char *a, const char *b)
{
	size_t off = 0;

	for (;;) {
		size_t na = strspn(a, VOWELS), nb = strspn(b, VOWELS);

		off += runs_differ(a, na, b, nb);
		a += na;
		b += nb;
		if (*a != *b || off > VOWELS_OFF)
			return false;
		if (!*a)
			return true;
		a++;
		b++;
	}
}

bool words_near(const char *wrong, const char *word)
{
	size_t na = strlen(wrong), nb = strlen(word);

	if (na < NEAR_MIN || *wrong != *word || na > nb + 2 || nb > na + 2 || !strcmp(wrong, word))
		return false;
	if (na == nb + 1 && !strncmp(wrong, word, nb))
		return false;
	if (one_step(wrong, na, word, nb))
		return true;
	return na >= VOWELS_MIN && !strncmp(wrong, word, 3) && same_consonants(wrong, word);
}

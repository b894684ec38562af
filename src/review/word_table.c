// SPDX-License-Identifier: GPL-2.0-only
#include "word_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static uint32_t hash(const char *s)
{
	uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 0x100000001b3u;
	return (uint32_t)(h ^ h >> 32);
}

/* Where the word is, or the free place where it belongs. */
static struct word_entry *place(const struct word_table *t, const char *word, uint32_t h)
{
	size_t i = h & (t->cap - 1);

	while (t->v[i].word && (t->v[i].hash != h || strcmp(t->v[i].word, word) != 0))
		i = (i + 1) & (t->cap - 1);
	return &t->v[i];
}

static void grow(struct word_table *t)
{
	struct word_table old = *t;

	t->cap = old.cap ? 4 * old.cap : 8192;
	t->v = xcalloc(t->cap, sizeof(*t->v));
	for (size_t i = 0; i < old.cap; i++)
		if (old.v[i].word)
			*place(t, old.v[i].word, old.v[i].hash) = old.v[i];
	free(old.v);
}

void word_table_add(struct word_table *t, const char *word, const char *value, bool plain)
{
	uint32_t h = hash(word);
	struct word_entry *e;

	if (2 * t->n >= t->cap)
		grow(t);
	e = place(t, word, h);
	if (e->word) {
		e->plain = e->plain || plain;
		return;
	}
	*e = (struct word_entry){ word, value, h, plain };
	t->n++;
}

const struct word_entry *word_table_find(const struct word_table *t, const char *word)
{
	const struct word_entry *e = t->cap ? place(t, word, hash(word)) : NULL;

	return e && e->word ? e : NULL;
}

void word_table_release(struct word_table *t)
{
	free(t->v);
	*t = (struct word_table){ NULL, 0, 0 };
}

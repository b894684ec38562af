// SPDX-License-Identifier: GPL-2.0-only
#include "id_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/mem.h"

struct entry {
	char *id;
	struct mail *mail;
	size_t joined; /* towards the root of those that belong together */
};

struct id_table {
	struct entry *v;
	size_t n, cap;
	size_t *slots;  /* entry + 1, 0: free */
	size_t n_slots; /* a power of two */
	uint64_t seed;  /* foreign ids cannot aim at one slot */
};

struct id_table *id_table_new(void)
{
	struct id_table *t = xcalloc(1, sizeof(*t));

	t->n_slots = 64;
	t->slots = xcalloc(t->n_slots, sizeof(*t->slots));
	if (getrandom(&t->seed, sizeof(t->seed), GRND_NONBLOCK) < 0)
		t->seed = (uintptr_t)t;
	return t;
}

static uint64_t hash(const struct id_table *t, const char *id)
{
	uint64_t h = 0xcbf29ce484222325u ^ t->seed;

	for (; *id; id++)
		h = (h ^ (unsigned char)*id) * 0x100000001b3u;
	return h ^ h >> 29;
}

static size_t *slot(const struct id_table *t, const char *id)
{
	size_t i = hash(t, id) & (t->n_slots - 1);

	while (t->slots[i] && strcmp(t->v[t->slots[i] - 1].id, id))
		i = (i + 1) & (t->n_slots - 1);
	return &t->slots[i];
}

static void grow(struct id_table *t)
{
	free(t->slots);
	t->n_slots *= 2;
	t->slots = xcalloc(t->n_slots, sizeof(*t->slots));
	for (size_t i = 0; i < t->n; i++)
		*slot(t, t->v[i].id) = i + 1;
}

size_t id_table_add(struct id_table *t, const char *id)
{
	size_t *s = slot(t, id);

	if (*s)
		return *s - 1;
	GROW(t->v, t->n, t->cap);
	t->v[t->n] = (struct entry){ xstrdup(id), NULL, t->n };
	*s = ++t->n;
	if (t->n * 2 > t->n_slots)
		grow(t);
	return t->n - 1;
}

struct mail *id_table_mail(const struct id_table *t, const char *id)
{
	size_t s = *slot(t, id);

	return s ? t->v[s - 1].mail : NULL;
}

void id_table_set_mail(struct id_table *t, size_t number, struct mail *mail)
{
	t->v[number].mail = mail;
}

size_t id_table_root(struct id_table *t, size_t i)
{
	while (t->v[i].joined != i) {
		t->v[i].joined = t->v[t->v[i].joined].joined;
		i = t->v[i].joined;
	}
	return i;
}

void id_table_join(struct id_table *t, size_t a, size_t b)
{
	t->v[id_table_root(t, a)].joined = id_table_root(t, b);
}

void id_table_free(struct id_table *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->n; i++)
		free(t->v[i].id);
	free(t->v);
	free(t->slots);
	free(t);
}

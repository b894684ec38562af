// SPDX-License-Identifier: GPL-2.0-only
#include "range_pair.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "assignment.h"
#include "base/mem.h"
#include "outer_diff.h"

#define MAX_REST 100        /* patches of a revision whose diffs are compared with all others */
#define MAX_WORK (64 << 20) /* bytes that are compared for it */
#define CREATION 60         /* percent of a patch's lines that it costs to be alone, as in git */
#define ALIKE 40            /* percent of the words that subjects must share */

void revised_open(struct revised *s, const struct series *series)
{
	*s = (struct revised){ .series = series, .n = (size_t)series->expected };
	s->lines = xcalloc(s->n, sizeof(*s->lines));
	s->diffs = xcalloc(s->n, sizeof(*s->diffs));
	s->to = xcalloc(s->n, sizeof(*s->to));
	for (size_t i = 0; i < s->n; i++) {
		patch_lines_init(&s->lines[i], &series->patches[i]);
		s->diffs[i] = (struct buf)BUF_INIT;
		patch_lines_add(&s->lines[i], s->lines[i].diff_at, &s->diffs[i]);
		s->to[i] = PAIR_NONE;
	}
}

void revised_close(struct revised *s)
{
	for (size_t i = 0; i < s->n; i++) {
		patch_lines_release(&s->lines[i]);
		buf_release(&s->diffs[i]);
	}
	free(s->lines);
	free(s->diffs);
	free(s->to);
}

static void make_pair(struct revised *old, size_t i, struct revised *new, size_t k)
{
	old->to[i] = k;
	new->to[k] = i;
}

static void pair_equal(struct revised *old, struct revised *new)
{
	for (size_t i = 0; i < old->n; i++) {
		const struct buf *a = &old->diffs[i];

		for (size_t k = 0; a->len && k < new->n && old->to[i] == PAIR_NONE; k++) {
			const struct buf *b = &new->diffs[k];

			if (new->to[k] == PAIR_NONE && a->len == b->len &&
			    !memcmp(a->p, b->p, a->len))
				make_pair(old, i, new, k);
		}
	}
}

/* The only free patch of that subject, or PAIR_NONE. */
static size_t find_subject(const struct revised *s, const char *subject)
{
	size_t found = PAIR_NONE;

	for (size_t i = 0; i < s->n; i++) {
		const char *mine = s->series->patches[i].subject;

		if (s->to[i] != PAIR_NONE || !mine || strcmp(mine, subject) != 0)
			continue;
		if (found != PAIR_NONE)
			return PAIR_NONE;
		found = i;
	}
	return found;
}

static void pair_subjects(struct revised *old, struct revised *new)
{
	for (size_t i = 0; i < old->n; i++) {
		const char *subject = old->series->patches[i].subject;
		size_t k;

		if (old->to[i] != PAIR_NONE || !subject || find_subject(old, subject) != i)
			continue;
		k = find_subject(new, subject);
		if (k != PAIR_NONE)
			make_pair(old, i, new, k);
	}
}

/* Those that have a diff and no counterpart yet. */
static size_t *rest_of(const struct revised *s, size_t *n, size_t *bytes)
{
	size_t *rest = xcalloc(s->n, sizeof(*rest));

	*n = *bytes = 0;
	for (size_t i = 0; i < s->n; i++) {
		if (s->to[i] != PAIR_NONE || !s->diffs[i].len)
			continue;
		rest[(*n)++] = i;
		*bytes += s->diffs[i].len;
	}
	return rest;
}

static long count_lines(const struct buf *text)
{
	long n = 0;

	if (!text->len)
		return 0;
	for (const char *p = text->p; (p = memchr(p, '\n', text->len - (size_t)(p - text->p))); p++)
		n++;
	return n;
}

/* What it costs to turn one diff into the other: the lines of their difference. */
static int cost_of(const struct revised *old, size_t i, const struct revised *new, size_t k,
		   long *cost, struct err *err)
{
	struct buf out = BUF_INIT;
	int rc = outer_diff(&old->lines[i], old->lines[i].diff_at, &new->lines[k],
			    new->lines[k].diff_at, &out, err);

	*cost = rc ? 0 : count_lines(&out);
	buf_release(&out);
	return rc;
}

/* Patches to patches, and each to nobody: what both sides lack costs nothing. */
static int fill_costs(const struct revised *old, const size_t *a, size_t na,
		      const struct revised *new, const size_t *b, size_t nb, long *cost,
		      struct err *err)
{
	size_t n = na + nb;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++) {
			long *c = &cost[i * n + k];

			if (i < na && k < nb) {
				if (cost_of(old, a[i], new, b[k], c, err))
					return -1;
			} else if (i < na) {
				*c = count_lines(&old->diffs[a[i]]) * CREATION / 100;
			} else if (k < nb) {
				*c = count_lines(&new->diffs[b[k]]) * CREATION / 100;
			}
		}
	return 0;
}

static int pair_similar(struct revised *old, struct revised *new, struct err *err)
{
	size_t na, nb, old_bytes, new_bytes;
	size_t *a = rest_of(old, &na, &old_bytes), *b = rest_of(new, &nb, &new_bytes), *to;
	long *cost;
	int rc = 0;

	if (na && nb && na <= MAX_REST && nb <= MAX_REST && old_bytes <= MAX_WORK / nb &&
	    new_bytes <= MAX_WORK / na) {
		cost = xcalloc((na + nb) * (na + nb), sizeof(*cost));
		rc = fill_costs(old, a, na, new, b, nb, cost, err);
		to = rc ? NULL : assignment(cost, na + nb);
		for (size_t i = 0; to && i < na; i++)
			if (to[i] < nb)
				make_pair(old, a[i], new, b[to[i]]);
		free(to);
		free(cost);
	}
	free(a);
	free(b);
	return rc;
}

/* The words of a subject, sorted, each once. */
static void words_of(const char *subject, struct strv *out)
{
	for (const char *p = subject; *p;) {
		size_t n = 0;

		while (isalnum((unsigned char)p[n]) || p[n] == '_')
			n++;
		if (n) {
			char *word = xstrndup(p, n);

			for (size_t i = 0; i < n; i++)
				word[i] = (char)tolower((unsigned char)word[i]);
			strv_take(out, word);
		}
		p += n ? n : 1;
	}
	strv_sort(out, true);
}

/* Of all words in two subjects, how many percent both have. */
static size_t alike(const char *a, const char *b)
{
	struct strv x = STRV_INIT, y = STRV_INIT;
	size_t both = 0, all;

	words_of(a, &x);
	words_of(b, &y);
	for (size_t i = 0; i < x.n; i++)
		both += strv_has(&y, x.v[i]);
	all = x.n + y.n - both;
	strv_release(&x);
	strv_release(&y);
	return all ? both * 100 / all : 0;
}

static bool same_files(const struct patch_lines *a, const struct patch_lines *b)
{
	if (!a->diff.n || a->diff.n != b->diff.n)
		return false;
	for (size_t i = 0; i < a->diff.n; i++)
		if (strcmp(diff_file_path(&a->diff.files[i]), diff_file_path(&b->diff.files[i])))
			return false;
	return true;
}

/* The free patch of TO that is most like patch I of FROM, or PAIR_NONE. */
static size_t most_alike(const struct revised *from, size_t i, const struct revised *to)
{
	size_t best = PAIR_NONE, most = ALIKE - 1;

	for (size_t k = 0; k < to->n; k++) {
		const char *a = from->series->patches[i].subject;
		const char *b = to->series->patches[k].subject;
		size_t now;

		if (to->to[k] != PAIR_NONE || !a || !b ||
		    !same_files(&from->lines[i], &to->lines[k]))
			continue;
		now = alike(a, b);
		if (now > most) {
			best = k;
			most = now;
		}
	}
	return best;
}

/* Each must be the other's best. */
static void pair_rewritten(struct revised *old, struct revised *new)
{
	size_t *best = xcalloc(old->n, sizeof(*best));

	for (size_t i = 0; i < old->n; i++)
		best[i] = old->to[i] == PAIR_NONE ? most_alike(old, i, new) : PAIR_NONE;
	for (size_t i = 0; i < old->n; i++)
		if (best[i] != PAIR_NONE && new->to[best[i]] == PAIR_NONE &&
		    most_alike(new, best[i], old) == i)
			make_pair(old, i, new, best[i]);
	free(best);
}

int revised_pair(struct revised *old, struct revised *new, struct err *err)
{
	pair_equal(old, new);
	pair_subjects(old, new);
	if (pair_similar(old, new, err))
		return -1;
	if (old->n <= MAX_REST && new->n <= MAX_REST)
		pair_rewritten(old, new);
	return 0;
}

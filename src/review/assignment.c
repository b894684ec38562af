// SPDX-License-Identifier: GPL-2.0-only
#include "assignment.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Rows and columns count from 1 here; 0 is none. */
struct state {
	const long *cost;
	size_t n;
	long *row, *column; /* potentials */
	size_t *row_of;     /* a column's row */
	size_t *from;       /* on the way to a free column: the column before */
	long *least;        /* what it costs to reach a column */
	bool *done;
};

/* From one column to the nearest that is not done. */
static size_t step(struct state *s, size_t at)
{
	size_t row = s->row_of[at], next = 0;
	long delta = LONG_MAX;

	s->done[at] = true;
	for (size_t k = 1; k <= s->n; k++) {
		long cost;

		if (s->done[k])
			continue;
		cost = s->cost[(row - 1) * s->n + k - 1] - s->row[row] - s->column[k];
		if (cost < s->least[k]) {
			s->least[k] = cost;
			s->from[k] = at;
		}
		if (s->least[k] < delta) {
			delta = s->least[k];
			next = k;
		}
	}
	for (size_t k = 0; k <= s->n; k++) {
		if (s->done[k]) {
			s->row[s->row_of[k]] += delta;
			s->column[k] -= delta;
		} else {
			s->least[k] -= delta;
		}
	}
	return next;
}

/* Give a row its column; others may get another one for it. */
static void place(struct state *s, size_t row)
{
	size_t at = 0;

	s->row_of[0] = row;
	for (size_t k = 0; k <= s->n; k++) {
		s->least[k] = LONG_MAX;
		s->done[k] = false;
	}
	do
		at = step(s, at);
	while (s->row_of[at]);
	for (; at; at = s->from[at])
		s->row_of[at] = s->row_of[s->from[at]];
}

size_t *assignment(const long *cost, size_t n)
{
	struct state s = {
		.cost = cost,
		.n = n,
		.row = xcalloc(n + 1, sizeof(*s.row)),
		.column = xcalloc(n + 1, sizeof(*s.column)),
		.row_of = xcalloc(n + 1, sizeof(*s.row_of)),
		.from = xcalloc(n + 1, sizeof(*s.from)),
		.least = xcalloc(n + 1, sizeof(*s.least)),
		.done = xcalloc(n + 1, sizeof(*s.done)),
	};
	size_t *out = xcalloc(n, sizeof(*out));

	for (size_t row = 1; row <= n; row++)
		place(&s, row);
	for (size_t k = 1; k <= n; k++)
		out[s.row_of[k] - 1] = k - 1;
	free(s.row);
	free(s.column);
	free(s.row_of);
	free(s.from);
	free(s.least);
	free(s.done);
	return out;
}

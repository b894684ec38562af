// SPDX-License-Identifier: GPL-2.0-only
/* review: the cheapest assignment, against trying all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

#include "review/assignment.h"

#define N 6

static long cheapest(const long *cost, size_t n, size_t row, unsigned int used)
{
	long best = LONG_MAX;

	if (row == n)
		return 0;
	for (size_t k = 0; k < n; k++) {
		long rest;

		if (used >> k & 1)
			continue;
		rest = cost[row * n + k] + cheapest(cost, n, row + 1, used | 1u << k);
		if (rest < best)
			best = rest;
	}
	return best;
}

static void check(const long *cost, size_t n)
{
	size_t *column = assignment(cost, n);
	bool used[N] = { false };
	long sum = 0;

	for (size_t i = 0; i < n; i++) {
		assert_in_range(column[i], 0, n - 1);
		assert_false(used[column[i]]);
		used[column[i]] = true;
		sum += cost[i * n + column[i]];
	}
	assert_int_equal(sum, cheapest(cost, n, 0, 0));
	free(column);
}

static void as_cheap_as_the_best_of_all(void **state)
{
	unsigned int seed = 1;
	long cost[N * N];

	(void)state;
	for (int round = 0; round < 300; round++) {
		size_t n = 1 + (size_t)round % N;

		for (size_t i = 0; i < n * n; i++) {
			seed = seed * 1103515245 + 12345;
			cost[i] = seed >> 16 & (round % 2 ? 3 : 1023);
		}
		check(cost, n);
	}
}

static void nothing_to_assign(void **state)
{
	(void)state;
	free(assignment(NULL, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_cheap_as_the_best_of_all),
		cmocka_unit_test(nothing_to_assign),
	};

	return cmocka_run_group_tests_name("assignment", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/* engine: order, duplicates and fingerprints of findings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/finding.h"

static void add(struct findings *fs, const char *path, int line, int column, const char *rule,
		const char *identity)
{
	struct finding f = {
		.rule = xstrdup(rule),
		.path = xstrdup(path),
		.line = line,
		.column = column,
		.end_line = line,
		.lines = xmemdup(&line, sizeof(line)),
		.n_lines = 1,
		.function = xstrdup("fn"),
		.message = xstrdup("m"),
		.snippet = xstrdup("s"),
		.identity = xstrdup(identity),
		.rev = xstrdup("v5.10"),
	};

	findings_add(fs, &f);
}

static void add_unseen(struct findings *fs, const char *path, int line, const char *rule,
		       const char *reason)
{
	struct unseen u = {
		.rule = xstrdup(rule),
		.path = xstrdup(path),
		.line = line,
		.function = xstrdup("fn"),
		.reason = xstrdup(reason),
	};

	findings_add_unseen(fs, &u);
}

static void is_at(const struct findings *fs, size_t i, const char *path, int line, const char *rule)
{
	assert_true(i < fs->n);
	assert_string_equal(fs->v[i].path, path);
	assert_int_equal(fs->v[i].line, line);
	assert_string_equal(fs->v[i].rule, rule);
}

static void sorted_by_path_line_rule(void **state)
{
	struct findings fs = { NULL, 0, 0, NULL, 0, 0 };

	(void)state;
	add(&fs, "b.c", 1, 1, "r", "x");
	add(&fs, "a.c", 10, 1, "r", "x");
	add(&fs, "a.c", 9, 2, "s", "x");
	add(&fs, "a.c", 9, 3, "r", "x");
	add(&fs, "a/b.c", 1, 1, "r", "x");
	add(&fs, "a.c", 9, 1, "r", "x");
	findings_finish(&fs);
	assert_int_equal(fs.n, 6);
	is_at(&fs, 0, "a.c", 9, "r");
	assert_int_equal(fs.v[0].column, 1);
	is_at(&fs, 1, "a.c", 9, "r");
	is_at(&fs, 2, "a.c", 9, "s");
	is_at(&fs, 3, "a.c", 10, "r");
	is_at(&fs, 4, "a/b.c", 1, "r");
	is_at(&fs, 5, "b.c", 1, "r");
	findings_release(&fs);
}

static void equal_ones_are_said_once(void **state)
{
	struct findings fs = { NULL, 0, 0, NULL, 0, 0 };

	(void)state;
	for (int i = 0; i < 3; i++) {
		add(&fs, "a.c", 1, 1, "r", "x");
		add(&fs, "a.c", 1, 1, "s", "x");
	}
	findings_finish(&fs);
	assert_int_equal(fs.n, 2);
	is_at(&fs, 0, "a.c", 1, "r");
	is_at(&fs, 1, "a.c", 1, "s");
	findings_release(&fs);
}

static void empty_is_fine(void **state)
{
	struct findings fs = { NULL, 0, 0, NULL, 0, 0 };

	(void)state;
	findings_finish(&fs);
	assert_int_equal(fs.n, 0);
	findings_release(&fs);
	findings_release(&fs);
}

/* The fingerprint of the Nth finding of a file with these lines, all of one identity. */
static void fingerprint(const int *lines, size_t n, size_t which, char *out)
{
	struct findings fs = { NULL, 0, 0, NULL, 0, 0 };

	for (size_t i = 0; i < n; i++)
		add(&fs, "a.c", lines[i], 1, "r", "same");
	findings_finish(&fs);
	memcpy(out, fs.v[which].fingerprint, OID_HEX);
	assert_int_equal(strlen(out), OID_HEX - 1);
	findings_release(&fs);
}

static void fingerprint_outlives_moves(void **state)
{
	char a[OID_HEX], b[OID_HEX];

	(void)state;
	fingerprint((const int[]){ 10 }, 1, 0, a);
	fingerprint((const int[]){ 99 }, 1, 0, b);
	assert_string_equal(a, b);
	fingerprint((const int[]){ 10, 20 }, 2, 1, a);
	fingerprint((const int[]){ 75, 30 }, 2, 1, b);
	assert_string_equal(a, b);
}

static void ordinals_tell_equal_ones_apart(void **state)
{
	const int lines[] = { 1, 2, 3 };
	char a[OID_HEX], b[OID_HEX], c[OID_HEX];

	(void)state;
	fingerprint(lines, 3, 0, a);
	fingerprint(lines, 3, 1, b);
	fingerprint(lines, 3, 2, c);
	assert_string_not_equal(a, b);
	assert_string_not_equal(b, c);
	assert_string_not_equal(a, c);
}

static void all_but_the_line_counts(void **state)
{
	struct findings fs = { NULL, 0, 0, NULL, 0, 0 };

	(void)state;
	add(&fs, "a.c", 1, 1, "r", "x");
	add(&fs, "a.c", 2, 1, "r", "y");
	add(&fs, "a.c", 3, 1, "s", "x");
	add(&fs, "b.c", 1, 1, "r", "x");
	add(&fs, "b.c", 2, 1, "r", "x");
	free(fs.v[4].function);
	fs.v[4].function = xstrdup("other");
	findings_finish(&fs);
	for (size_t i = 0; i < fs.n; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(fs.v[i].fingerprint, fs.v[j].fingerprint);
	findings_release(&fs);
}

static void order_of_arrival_does_not_count(void **state)
{
	struct findings a = { NULL, 0, 0, NULL, 0, 0 }, b = { NULL, 0, 0, NULL, 0, 0 };

	(void)state;
	for (int i = 0; i < 20; i++) {
		add(&a, "a.c", i, 1, "r", i % 3 ? "x" : "y");
		add(&b, "a.c", 19 - i, 1, "r", (19 - i) % 3 ? "x" : "y");
	}
	findings_finish(&a);
	findings_finish(&b);
	assert_int_equal(a.n, b.n);
	for (size_t i = 0; i < a.n; i++)
		assert_string_equal(a.v[i].fingerprint, b.v[i].fingerprint);
	findings_release(&a);
	findings_release(&b);
}

static void unseen_places_are_merged(void **state)
{
	struct findings fs = { NULL, 0, 0, NULL, 0, 0 };

	(void)state;
	add_unseen(&fs, "b.c", 1, "r", "time-out");
	add_unseen(&fs, "a.c", 5, "s", "time-out");
	add_unseen(&fs, "a.c", 5, "r", "time-out");
	add_unseen(&fs, "a.c", 5, "r", "in a macro");
	add_unseen(&fs, "a.c", 5, "r", "time-out");
	findings_finish(&fs);
	assert_int_equal(fs.n_unseen, 3);
	assert_string_equal(fs.unseen[0].reason, "in a macro");
	assert_string_equal(fs.unseen[1].reason, "time-out");
	assert_string_equal(fs.unseen[1].rule, "r, s");
	assert_string_equal(fs.unseen[2].path, "b.c");
	findings_release(&fs);
}

static void moving_empties_the_source(void **state)
{
	struct findings from = { NULL, 0, 0, NULL, 0, 0 }, to = { NULL, 0, 0, NULL, 0, 0 };

	(void)state;
	add(&to, "a.c", 1, 1, "r", "x");
	add(&from, "a.c", 2, 1, "r", "x");
	add_unseen(&from, "a.c", 3, "r", "time-out");
	findings_move(&to, &from);
	assert_int_equal(to.n, 2);
	assert_int_equal(to.n_unseen, 1);
	assert_int_equal(from.n, 0);
	assert_null(from.v);
	findings_release(&from);
	findings_release(&to);
}

static void severities_have_names(void **state)
{
	(void)state;
	assert_string_equal(severity_name(SEVERITY_NOTE), "note");
	assert_string_equal(severity_name(SEVERITY_WARNING), "warning");
	assert_string_equal(severity_name(SEVERITY_ERROR), "error");
}

static int begin(void **state)
{
	(void)state;
	repo_init();
	return 0;
}

static int end(void **state)
{
	(void)state;
	repo_exit();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorted_by_path_line_rule),
		cmocka_unit_test(equal_ones_are_said_once),
		cmocka_unit_test(empty_is_fine),
		cmocka_unit_test(fingerprint_outlives_moves),
		cmocka_unit_test(ordinals_tell_equal_ones_apart),
		cmocka_unit_test(all_but_the_line_counts),
		cmocka_unit_test(order_of_arrival_does_not_count),
		cmocka_unit_test(unseen_places_are_merged),
		cmocka_unit_test(moving_empties_the_source),
		cmocka_unit_test(severities_have_names),
	};

	return cmocka_run_group_tests_name("finding", tests, begin, end);
}

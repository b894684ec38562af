// SPDX-License-Identifier: GPL-2.0-only
/* base: path globs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "base/glob.h"
#include "base/mem.h"

struct pair {
	const char *glob, *path;
	bool yes;
};

static const struct pair matches[] = {
	{ "", "", true },
	{ "a", "a", true },
	{ "a", "b", false },
	{ "a", "ab", false },
	{ "ab", "a", false },
	{ "*", "abc", true },
	{ "*", "", true },
	{ "*", "a/b", false },
	{ "a*c", "abbc", true },
	{ "a*c", "ab/c", false },
	{ "?", "a", true },
	{ "?", "", false },
	{ "?", "/", false },
	{ "a?c", "a/c", false },
	{ "*/b", "a/b", true },
	{ "*/b", "a/c/b", false },
	{ "**", "", true },
	{ "**", "a/b/c", true },
	{ "a/**", "a/b", true },
	{ "a/**", "a/b/c.c", true },
	{ "a/**", "ab/c", false },
	{ "a/**/c", "a/c", true },
	{ "a/**/c", "a/b/c", true },
	{ "a/**/c", "a/b/b/c", true },
	{ "a/**/c", "a/bc", false },
	{ "**/c", "c", true },
	{ "**/c", "a/b/c", true },
	{ "**/x.c", "a/yx.c", false },
	{ "arch/*/kvm/**/*.c", "arch/x86/kvm/lapic.c", true },
	{ "arch/*/kvm/**/*.c", "arch/x86/kvm/svm/avic.c", true },
	{ "arch/*/kvm/**/*.c", "arch/x86/lapic.c", false },
	{ "[a]", "a", false },
	{ "[a]", "[a]", true },
	{ "a\\*", "a*", false },
	{ "linux-5.*.y", "linux-5.10.y", true },
	{ "linux-5.*.y", "linux-6.1.y", false },
};

static void globs_match(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(matches); i++) {
		if (glob_match(matches[i].glob, matches[i].path) != matches[i].yes)
			fail_msg("'%s' and '%s': expected %d", matches[i].glob, matches[i].path,
				 matches[i].yes);
	}
}

static const struct pair below[] = {
	{ "a/b/*.c", "", true },
	{ "a/b/*.c", "a", true },
	{ "a/b/*.c", "a/b", true },
	{ "a/b/*.c", "b", false },
	{ "a/b/*.c", "a/c", false },
	{ "a/b/*.c", "a/bb", false },
	{ "a/b.c", "a/b.c", false },
	{ "a", "a", false },
	{ "a/**", "a", true },
	{ "a/**", "a/b/c/d", true },
	{ "a/**", "b/c", false },
	{ "**/x.c", "any/where", true },
	{ "arch/*/kvm/**", "arch/x86", true },
	{ "arch/*/kvm/**", "drivers", false },
};

static void walk_may_leave_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(below); i++) {
		if (glob_may_match_below(below[i].glob, below[i].path) != below[i].yes)
			fail_msg("'%s' below '%s': expected %d", below[i].glob, below[i].path,
				 below[i].yes);
	}
}

/* Whatever matches, the walk must have come to: each parent may match below. */
static void walk_reaches_all_matches(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(matches); i++) {
		const struct pair *m = &matches[i];

		for (size_t n = 0; m->yes && m->path[n]; n++) {
			char dir[64];

			if (m->path[n] != '/' && n)
				continue;
			snprintf(dir, sizeof(dir), "%.*s", (int)n, m->path);
			if (!glob_may_match_below(m->glob, dir))
				fail_msg("'%s' is lost at '%s'", m->glob, dir);
		}
	}
}

static void globs_are_told_from_names(void **state)
{
	(void)state;
	assert_true(glob_is("linux-*"));
	assert_true(glob_is("v?"));
	assert_false(glob_is("linux-5.10.y"));
	assert_false(glob_is("[x]"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(globs_match),
		cmocka_unit_test(walk_may_leave_out),
		cmocka_unit_test(walk_reaches_all_matches),
		cmocka_unit_test(globs_are_told_from_names),
	};

	return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}

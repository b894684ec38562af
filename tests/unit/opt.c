// SPDX-License-Identifier: GPL-2.0-only
/* base: options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/opt.h"
#include "base/strv.h"

struct values {
	bool quiet, quick;
	const char *dir, *color;
	struct strv list;
	int jobs;
};

struct globals {
	bool verbose, quietly;
};

static const struct opt table[] = {
	{ OPT_FLAG, 'q', "quiet", offsetof(struct values, quiet), NULL, "say less", 0, 0 },
	{ OPT_FLAG, 0, "quick", offsetof(struct values, quick), NULL, "run", 0, 0 },
	{ OPT_STRING, 'C', "directory", offsetof(struct values, dir), "DIR",
	  "a help text that is so long that it does not fit into the fifty columns of a line", 0,
	  0 },
	{ OPT_LIST, 'c', "config", offsetof(struct values, list), "KEY", "set", 0, 0 },
	{ OPT_NUMBER, 'j', "jobs", offsetof(struct values, jobs), "N", "jobs", 1, 8 },
	{ OPT_CHOICE, 0, "color", offsetof(struct values, color), "always|auto|never", "hue", 0,
	  0 },
	{ .type = OPT_END },
};

static const struct opt more[] = {
	{ OPT_FLAG, 'v', "verbose", offsetof(struct globals, verbose), NULL, "say more", 0, 0 },
	{ OPT_FLAG, 0, "quietly", offsetof(struct globals, quietly), NULL, "hush", 0, 0 },
	{ .type = OPT_END },
};

struct run {
	struct values v;
	struct globals g;
	struct err err;
	char *argv[16];
	int argc, dashdash, rc;
	bool stop;
};

static void parse(struct run *r, const char *words)
{
	const struct opt *tables[] = { table, more };
	void *values[] = { &r->v, &r->g };
	struct opt_parse p = { tables, values, 2, r->stop, 0 };
	static char copy[256];
	char *rest = copy;

	assert_in_range(snprintf(copy, sizeof(copy), "%s", words), 1, sizeof(copy) - 1);
	r->argc = 0;
	while (rest)
		r->argv[r->argc++] = strsep(&rest, " ");
	r->argv[r->argc] = NULL;
	r->rc = opt_parse(&p, &r->argc, r->argv, &r->err);
	r->dashdash = p.dashdash;
}

static void release(struct run *r)
{
	err_release(&r->err);
	strv_release(&r->v.list);
}

static void long_and_short(void **state)
{
	struct run r = { .rc = 0 };

	(void)state;
	parse(&r, "-qvC /d one --config a --config=b=c -cd -j4 two");
	assert_int_equal(r.rc, 0);
	assert_true(r.v.quiet && r.g.verbose && !r.v.quick);
	assert_string_equal(r.v.dir, "/d");
	assert_int_equal(r.v.list.n, 3);
	assert_string_equal(r.v.list.v[0], "a");
	assert_string_equal(r.v.list.v[1], "b=c");
	assert_string_equal(r.v.list.v[2], "d");
	assert_int_equal(r.v.jobs, 4);
	assert_int_equal(r.argc, 2);
	assert_string_equal(r.argv[0], "one");
	assert_string_equal(r.argv[1], "two");
	assert_null(r.argv[2]);
	assert_int_equal(r.dashdash, -1);
	release(&r);
}

static void abbreviations(void **state)
{
	struct run r = { .rc = 0 };

	(void)state;
	parse(&r, "--dir /x --verb --quie");
	assert_int_equal(r.rc, -1);
	assert_non_null(strstr(r.err.text, "--quie"));
	assert_string_equal(r.v.dir, "/x");
	/* One name that is the beginning of another is not ambiguous. */
	parse(&r, "--quiet");
	assert_int_equal(r.rc, 0);
	assert_true(r.v.quiet && !r.g.quietly && r.g.verbose);
	parse(&r, "--q");
	assert_int_equal(r.rc, -1);
	assert_non_null(strstr(r.err.text, "more than one"));
	parse(&r, "--quic");
	assert_int_equal(r.rc, 0);
	assert_true(r.v.quick);
	release(&r);
}

static void unknown_and_missing(void **state)
{
	static const char *const wrong[] = { "--none", "-x",          "-qx",    "--directory", "-C",
					     "-qC",    "--quiet=yes", "--jobs", "-j" };
	struct run r = { .rc = 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		parse(&r, wrong[i]);
		if (r.rc != -1)
			fail_msg("%s was taken", wrong[i]);
		assert_int_equal(r.err.status, STATUS_USAGE);
	}
	release(&r);
}

static void dashdash_ends_options(void **state)
{
	struct run r = { .rc = 0 };

	(void)state;
	parse(&r, "a - -q -- -v -- --none");
	assert_int_equal(r.rc, 0);
	assert_true(r.v.quiet && !r.g.verbose);
	assert_int_equal(r.dashdash, 2);
	assert_int_equal(r.argc, 5);
	assert_string_equal(r.argv[1], "-");
	assert_string_equal(r.argv[2], "-v");
	assert_string_equal(r.argv[3], "--");
	assert_string_equal(r.argv[4], "--none");
	release(&r);
}

static void word_may_stop(void **state)
{
	struct run r = { .stop = true };

	(void)state;
	parse(&r, "-q scan -v --none");
	assert_int_equal(r.rc, 0);
	assert_true(r.v.quiet && !r.g.verbose);
	assert_int_equal(r.argc, 3);
	assert_string_equal(r.argv[0], "scan");
	assert_string_equal(r.argv[2], "--none");
	release(&r);
}

static void numbers(void **state)
{
	static const char *const wrong[] = {
		"-j0",         "-j9", "-jx", "-j4x", "--jobs=", "-j-1", "-j99999999999999999999",
		"-j4294967300"
	};
	struct run r = { .rc = 0 };

	(void)state;
	parse(&r, "-j 8");
	assert_int_equal(r.v.jobs, 8);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		parse(&r, wrong[i]);
		if (r.rc != -1)
			fail_msg("%s was taken", wrong[i]);
		assert_non_null(strstr(r.err.text, "from 1 to 8"));
		assert_int_equal(r.v.jobs, 8);
	}
	release(&r);
}

static void choices(void **state)
{
	struct run r = { .rc = 0 };

	(void)state;
	parse(&r, "--color word");
	assert_int_equal(r.rc, 0);
	assert_string_equal(r.v.color, "");
	assert_int_equal(r.argc, 1);
	parse(&r, "--color=never");
	assert_string_equal(r.v.color, "never");
	parse(&r, "--color=alw");
	assert_int_equal(r.rc, -1);
	parse(&r, "--color=auto|never");
	assert_int_equal(r.rc, -1);
	parse(&r, "--color=");
	assert_int_equal(r.rc, -1);
	release(&r);
}

static void help_fits(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	opt_help(table, NULL, &out);
	for (const char *p = out.p; *p; p += strcspn(p, "\n"), p += *p == '\n')
		assert_true(strcspn(p, "\n") <= 80);
	assert_non_null(strstr(out.p, "  -q, --quiet"));
	assert_non_null(strstr(out.p, "      --color[=always|auto|never]"));
	assert_non_null(strstr(out.p, "columns of a line"));
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_and_short),
		cmocka_unit_test(abbreviations),
		cmocka_unit_test(unknown_and_missing),
		cmocka_unit_test(dashdash_ends_options),
		cmocka_unit_test(word_may_stop),
		cmocka_unit_test(numbers),
		cmocka_unit_test(choices),
		cmocka_unit_test(help_fits),
	};

	return cmocka_run_group_tests_name("opt", tests, NULL, NULL);
}

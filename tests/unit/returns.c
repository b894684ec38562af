// SPDX-License-Identifier: GPL-2.0-only
/* review: returns that do not go with their function. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "review/returns.h"

/* "function:line text" of each, in order. */
static void returns_are(const char *text, const char *expected)
{
	struct bad_returns all = { NULL, 0, 0 };
	struct buf got = BUF_INIT;
	struct source src;

	source_init(&src, text, strlen(text));
	bad_returns_find(&all, &src);
	buf_adds(&got, "");
	for (size_t i = 0; i < all.n; i++)
		buf_addf(&got, "%s%s:%d %s", i ? " " : "", all.v[i].function->name, all.v[i].line,
			 all.v[i].text);
	if (strcmp(got.p, expected) != 0)
		fail_msg("expected '%s', got '%s' for\n%s", expected, got.p, text);
	buf_release(&got);
	bad_returns_release(&all);
	source_release(&src);
}

static void value_from_void(void **state)
{
	(void)state;
	returns_are("void f(void)\n{\n\treturn 1;\n}\n", "f:3 return 1;");
	returns_are("static inline void f(int a)\n{\n\tif (a)\n\t\treturn -EINVAL;\n}\n",
		    "f:4 return -EINVAL;");
	returns_are("static void\nf(int a)\n{\n\treturn a\n\t\t+ 1;\n}\n", "f:4 return a + 1;");
	returns_are("void f(void)\n{\n\treturn 1;\n\treturn;\n\treturn 2;\n}\n",
		    "f:3 return 1; f:5 return 2;");
}

static void no_value_where_one_is_due(void **state)
{
	(void)state;
	returns_are("int f(void)\n{\n\treturn;\n}\n", "f:3 return;");
	returns_are("static struct a *f(void)\n{\n\treturn ;\n}\n", "f:3 return ;");
	returns_are("void *f(void)\n{\n\treturn;\n}\n", "f:3 return;");
}

static void silent(void **state)
{
	(void)state;
	returns_are("void f(void)\n{\n\treturn;\n}\nint g(void)\n{\n\treturn 0;\n}\n", "");
	returns_are("void *f(void)\n{\n\treturn NULL;\n}\n", "");
	/* A call may be void itself. */
	returns_are("void f(void)\n{\n\treturn g();\n}\n", "");
	/* Types that are not known, and attributes with arguments. */
	returns_are("DEFINE_IT(f)\n{\n\treturn 1;\n}\n", "");
	returns_are("some_t f(void)\n{\n\treturn;\n}\n", "");
	returns_are("__printf(1, 2) void f(const char *a, ...)\n{\n\treturn 1;\n}\n", "");
	/* No code. */
	returns_are("void f(void)\n{\n\t/* return 1; */\n\tg(\"return 1;\");\n}\n", "");
	returns_are("void f(void)\n{\n\tno_return = 1;\n\treturned;\n}\n", "");
	returns_are("void f(void)\n{\n\treturn 1\n}\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(value_from_void),
		cmocka_unit_test(no_value_where_one_is_due),
		cmocka_unit_test(silent),
	};

	return cmocka_run_group_tests_name("returns", tests, NULL, NULL);
}

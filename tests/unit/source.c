// SPDX-License-Identifier: GPL-2.0-only
/* engine: functions, macros and code of a source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/source.h"

/* The functions as "name:line-end ", then "?" when in doubt. */
static void functions_are(const char *text, const char *expected)
{
	struct buf got = BUF_INIT;
	struct source src;

	source_init(&src, text, strlen(text));
	buf_adds(&got, "");
	for (size_t i = 0; i < src.n_functions; i++)
		buf_addf(&got, "%s%s:%d-%d", i ? " " : "", src.functions[i].name,
			 src.functions[i].line, src.functions[i].end_line);
	if (src.doubt)
		buf_adds(&got, "?");
	if (strcmp(got.p, expected) != 0)
		fail_msg("expected '%s', got '%s' for\n%s", expected, got.p, text);
	buf_release(&got);
	source_release(&src);
}

static void plain_functions(void **state)
{
	(void)state;
	functions_are("", "");
	functions_are("int a;\n", "");
	functions_are("int f(void) {}\n", "f:1-1");
	functions_are("int f(void)\n{\n\treturn 0;\n}\n\nint g(int a)\n{\n}\n", "f:1-4 g:6-8");
}

static void line_is_that_of_the_name(void **state)
{
	(void)state;
	functions_are("static int\nf(int a,\n  int b)\n{\n}\n", "f:2-5");
	functions_are("int f(void);\nint g(void) { if (1) { { } } }\n", "g:2-2");
	functions_are("int f(int (*cb)(void *), void *p)\n{\n}\n", "f:1-3");
}

static void data_is_no_function(void **state)
{
	(void)state;
	functions_are("struct a {\n\tint (*f)(int);\n};\n"
		      "enum b { C, D };\nunion c { int d; };\n",
		      "");
	functions_are("static const struct ops o = {\n\t.f = f,\n\t.g = { 1, 2 },\n};\n", "");
	functions_are("int a[] = { F(1), F(2) };\nint f(void) {}\n", "f:2-2");
	functions_are("typedef struct { int a; } t;\nstruct x __aligned(8) { int a; };\n"
		      "struct __aligned(8) y { int a; };\nint f(void) {}\n",
		      "f:4-4");
}

static void struct_returning_functions(void **state)
{
	(void)state;
	functions_are("struct a *f(void)\n{\n}\n", "f:1-3");
	functions_are("static struct a f(struct b *c)\n{\n}\n", "f:1-3");
	functions_are("const struct a *f(void)\n{\n}\nenum e g(int h)\n{\n}\n", "f:1-3 g:4-6");
}

static void attributes(void **state)
{
	(void)state;
	functions_are("void f(int *l) __releases(l) __must_hold(&x->lock)\n{\n}\n", "f:1-3");
	functions_are("static __always_inline int __f(int a)\n{\n}\n", "__f:1-3");
	functions_are("int f(void) __attribute__((section(\"a{b\"))) __cold\n{\n}\n", "f:1-3");
	functions_are("__visible noinstr void f(void)\n{\n}\n", "f:1-3");
}

static void macros_that_define_functions(void **state)
{
	(void)state;
	functions_are("MODULE_LICENSE(\"GPL\")\nint f(void)\n{\n}\n", "f:2-4");
	functions_are("EXPORT_SYMBOL_GPL(f);\nSYSCALL_DEFINE1(g, int, a)\n{\n}\n",
		      "SYSCALL_DEFINE1:2-4");
}

static void comments_and_strings(void **state)
{
	(void)state;
	functions_are("/* { */ int f(void)\n{ // }\n\tp(\"}\\\"}\", '}', '\\'');\n}\n", "f:1-4");
	functions_are("/* int f(void) { } */\nint g(void) { /* } */ }\n", "g:2-2");
	functions_are("int f(void)\n{\n\tp(\"/*\");\n}\n"
		      "int g(void) { p(\"*/\"); }\n",
		      "f:1-4 g:5-5");
	functions_are("int f(void)\n{\n\tp(\"a\\\n}\");\n}\n", "f:1-5");
}

static void crlf(void **state)
{
	(void)state;
	functions_are("int f(void)\r\n{\r\n}\r\n#if 0\r\n{\r\n#endif\r\nint g(void) {}\r\n",
		      "f:1-3 g:7-7");
}

static void conditionals(void **state)
{
	(void)state;
	functions_are("int f(void)\n{\n#ifdef A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\t}\n}\n",
		      "f:1-9");
	functions_are("int f(void)\n{\n#if 0\n\t}}}{ don't\n#endif\n}\n", "f:1-6");
	functions_are("int f(void)\n{\n#if 0\n{\n#else\n\ta();\n#endif\n}\n", "f:1-8");
	functions_are("int f(void)\n{\n#if 0\n#if A\n{\n#else\n{{\n#endif\n#endif\n}\n", "f:1-10");
	functions_are("#ifdef A\nint f(int a) {\n#else\nint f(void) {\n#endif\n}\nint g(void) {}\n",
		      "f:2-6 g:7-7");
	functions_are("#ifdef A\nint f(void) {}\n#else\nint f(void) {}\n#endif\n", "f:2-2 f:4-4");
	functions_are("#if 1 /* x */\n#elif 2\n# else\n #  endif\nint f(void) {}\n", "f:5-5");
	functions_are("#error don't { panic\nint f(void) {}\n", "f:2-2");
}

static void deep_conditionals(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	for (int i = 0; i < 64; i++)
		buf_adds(&text, "#ifdef A\n");
	buf_adds(&text, "int f(void) {}\n");
	for (int i = 0; i < 64; i++)
		buf_adds(&text, "#endif\n");
	functions_are(text.p, "f:65-65");
	buf_adds(&text, "int g(void) {}\n");
	functions_are(text.p, "f:65-65 g:130-130");
	buf_release(&text);
}

static void doubt_is_told(void **state)
{
	static const char *const doubtful[] = {
		"int f(void)\n{\n#ifdef A\n\tif (a) {\n#else\n\tb();\n#endif\n\t}\n}\n",
		"int f(void)\n{\n",
		"int f(void)\n{\n}}\n",
		"/* never closed\nint f(void) {}\n",
		"int f(void)\n{\n\tp(\"open);\n}\n",
		"int f(void)\n{\n\tc = 'x;\n}\n",
		"#ifdef A\nint f(void) {}\n",
		"#endif\nint f(void) {}\n",
		"#else\nint f(void) {}\n",
		"int f(void) {\n#define A /* never closed\n}\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(doubtful); i++) {
		struct source src;

		source_init(&src, doubtful[i], strlen(doubtful[i]));
		if (!src.doubt)
			fail_msg("no doubt about\n%s", doubtful[i]);
		source_release(&src);
	}
}

static void unterminated_function_is_dropped(void **state)
{
	(void)state;
	functions_are("int f(void) {}\nint g(void)\n{\n", "f:1-1?");
	functions_are("int f(void) {}\nint g(void)\n{\n\t/*", "f:1-1?");
	functions_are("int f(void) {}\n\"", "f:1-1?");
	functions_are("int f(void) {}\n\\", "f:1-1");
	functions_are("int f(void) {}\n#define A \\", "f:1-1");
}

/* Whatever the bytes are, nothing is read or written outside of them. */
static void any_bytes(void **state)
{
	static const char parts[] = "{}()#\"'/*\\\n;=a_ \t\r\0if0else endif define";
	uint32_t seed = 12345;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		size_t len = (size_t)(round % 97);
		char *text = xmalloc(len);
		struct source src;

		for (size_t i = 0; i < len; i++) {
			seed = seed * 1103515245 + 12345;
			text[i] = parts[(seed >> 16) % (sizeof(parts) - 1)];
		}
		source_init(&src, text, len);
		for (size_t i = 0; i < src.n_functions; i++)
			assert_true(src.functions[i].body < src.functions[i].end &&
				    src.functions[i].end <= len);
		for (size_t i = 0; i < src.n_macros; i++)
			assert_true(src.macros[i].body <= src.macros[i].end &&
				    src.macros[i].end <= len);
		source_release(&src);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_functions),
		cmocka_unit_test(line_is_that_of_the_name),
		cmocka_unit_test(data_is_no_function),
		cmocka_unit_test(struct_returning_functions),
		cmocka_unit_test(attributes),
		cmocka_unit_test(macros_that_define_functions),
		cmocka_unit_test(comments_and_strings),
		cmocka_unit_test(crlf),
		cmocka_unit_test(conditionals),
		cmocka_unit_test(deep_conditionals),
		cmocka_unit_test(doubt_is_told),
		cmocka_unit_test(unterminated_function_is_dropped),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}

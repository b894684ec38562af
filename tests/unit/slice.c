// SPDX-License-Identifier: GPL-2.0-only
/* engine: looking things up in a source, counting tokens, slices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/source.h"

static const char text[] = "#define ONE 1\n"                       /* 1 */
			   "#define TWO(a, b) \\\n"                /* 2 */
			   "\tICR(a); \\\n"                        /* 3 */
			   "\tICR2(b)\n"                           /* 4 */
			   "static int table[] = { ICR, ICR2 };\n" /* 5 */
			   "int f(int a)\n"                        /* 6 */
			   "{\n"                                   /* 7 */
			   "\t/* ICR */ read(ICR, \"ICR\");\n"     /* 8 */
			   "\tICR2x(xICR2);\n"                     /* 9 */
			   "}\n"                                   /* 10 */
			   "struct s *g(void)\n"                   /* 11 */
			   "{\n"                                   /* 12 */
			   "#ifdef X\n"                            /* 13 */
			   "\tread(ICR2); read(ICR);\n"            /* 14 */
			   "#endif\n"                              /* 15 */
			   "}\n"                                   /* 16 */
			   "int last;";                            /* 17 */

static struct tokens tokens;
static struct source src;

static int begin(void **state)
{
	(void)state;
	strv_add(&tokens.all, "ICR2");
	strv_add(&tokens.all, "ICR");
	strv_add(&tokens.any, "read");
	strv_add(&tokens.any, "write");
	source_init(&src, text, sizeof(text) - 1);
	return 0;
}

static int end(void **state)
{
	(void)state;
	strv_release(&tokens.all);
	strv_release(&tokens.any);
	source_release(&src);
	return 0;
}

static void names_are_found(void **state)
{
	(void)state;
	assert_int_equal(source_function(&src, "g")->line, 11);
	assert_null(source_function(&src, "h"));
	assert_null(source_function(&src, "table"));
	assert_null(source_function(&src, "TWO"));
}

static void lines_lie_in_functions(void **state)
{
	(void)state;
	assert_null(source_function_at(&src, 5));
	assert_string_equal(source_function_at(&src, 6)->name, "f");
	assert_string_equal(source_function_at(&src, 10)->name, "f");
	assert_string_equal(source_function_at(&src, 14)->name, "g");
	assert_null(source_function_at(&src, 17));
	assert_null(source_function_at(&src, 0));
	assert_null(source_function_at(&src, 99));
}

static void lines_lie_in_macros(void **state)
{
	(void)state;
	assert_int_equal(src.n_macros, 2);
	assert_string_equal(source_macro_at(&src, 1)->name, "ONE");
	for (int line = 2; line <= 4; line++)
		assert_string_equal(source_macro_at(&src, line)->name, "TWO");
	assert_null(source_macro_at(&src, 5));
	assert_null(source_macro_at(&src, 13));
}

static void lines_and_offsets(void **state)
{
	size_t len;

	(void)state;
	assert_int_equal(source_line(&src, 0), 1);
	assert_int_equal(source_line(&src, strlen("#define ONE 1")), 1);
	assert_int_equal(source_line(&src, strlen("#define ONE 1\n")), 2);
	assert_int_equal(source_line(&src, sizeof(text) - 2), 17);
	assert_memory_equal(source_line_text(&src, 1, &len), "#define ONE 1", 13);
	assert_int_equal(len, 13);
	source_line_text(&src, 17, &len);
	assert_int_equal(len, 9);
	source_line_text(&src, 18, &len);
	assert_int_equal(len, 0);
	source_line_text(&src, 0, &len);
	assert_int_equal(len, 0);
	source_line_text(&src, -1, &len);
	assert_int_equal(len, 0);
}

static void line_ends_are_no_text(void **state)
{
	static const char crlf[] = "one\r\ntwo\n\n";
	struct source s;
	size_t len;

	(void)state;
	source_init(&s, crlf, sizeof(crlf) - 1);
	assert_int_equal(s.n_lines, 3);
	source_line_text(&s, 1, &len);
	assert_int_equal(len, 3);
	source_line_text(&s, 3, &len);
	assert_int_equal(len, 0);
	source_release(&s);
	source_init(&s, "", 0);
	assert_int_equal(s.n_lines, 0);
	assert_null(source_function_at(&s, 1));
	source_release(&s);
}

static void functions_match_by_their_code(void **state)
{
	(void)state;
	assert_false(function_matches(&src, source_function(&src, "f"), &tokens));
	assert_true(function_matches(&src, source_function(&src, "g"), &tokens));
}

static void tokens_are_counted(void **state)
{
	const struct function *f = source_function(&src, "f");

	(void)state;
	assert_int_equal(source_count(&src, &tokens, f->body, f->end, false), 2);
	assert_int_equal(source_count(&src, &tokens, f->body, f->end, true), 4);
	assert_int_equal(source_count(&src, &tokens, f->body, f->body, true), 0);
	assert_int_equal(source_count(&src, &tokens, 0, src.len, false), 8);
}

static void tokens_are_whole_identifiers(void **state)
{
	(void)state;
	assert_true(token_find("ICR", "ICR", 3));
	assert_true(token_find("ICR", "xICR ICR", 8));
	assert_true(token_find("ICR", "(ICR)", 5));
	assert_false(token_find("ICR", "ICR2", 4));
	assert_false(token_find("ICR", "_ICR", 4));
	assert_false(token_find("ICR", "ICR", 2));
	assert_false(token_find("ICR", "", 0));
	assert_true(tokens_match(&tokens, "ICR ICR2 write", 14));
	assert_false(tokens_match(&tokens, "ICR ICR2 writ", 13));
	assert_false(tokens_match(&tokens, "ICR2 write", 10));
}

/* Every line of what is not hidden is the same, and lines keep their numbers. */
static void slice_hides_functions_only(void **state)
{
	char hide[2] = { 1, 0 }, *slice = source_slice(&src, hide, false);
	struct source s;

	(void)state;
	assert_int_equal(strlen(slice), src.len);
	source_init(&s, slice, src.len);
	assert_int_equal(s.n_lines, src.n_lines);
	for (int line = 1; line <= (int)src.n_lines; line++) {
		size_t len, n;
		const char *old = source_line_text(&src, line, &len);
		const char *new = source_line_text(&s, line, &n);

		assert_int_equal(n, len);
		if (line >= 6 && line <= 10)
			assert_int_equal(strspn(new, " "), n);
		else
			assert_memory_equal(old, new, len);
	}
	assert_int_equal(s.n_functions, 1);
	assert_string_equal(s.functions[0].name, "g");
	assert_int_equal(s.functions[0].line, 11);
	assert_false(s.doubt);
	source_release(&s);
	free(slice);
}

static void slice_may_hide_all_or_nothing(void **state)
{
	char hide[2] = { 0, 0 }, *slice = source_slice(&src, hide, false);
	struct source s;

	(void)state;
	assert_string_equal(slice, text);
	free(slice);
	hide[0] = hide[1] = 1;
	slice = source_slice(&src, hide, true);
	source_init(&s, slice, src.len);
	assert_int_equal(s.n_functions, 0);
	assert_int_equal(s.n_macros, 2);
	assert_null(strstr(slice, "g(void)"));
	assert_non_null(strstr(slice, "static int table[] = {           };\n"));
	assert_null(strstr(slice, "#ifdef"));
	source_release(&s);
	free(slice);
}

static void code_is_blanked_in_place(void **state)
{
	(void)state;
	assert_int_equal(strlen(src.code), src.len);
	for (size_t i = 0; i < src.len; i++)
		assert_true(src.code[i] == text[i] || (src.code[i] == ' ' && text[i] != '\n'));
	assert_null(strstr(src.code, "#"));
	assert_null(strstr(src.code, "\"ICR\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found),
		cmocka_unit_test(lines_lie_in_functions),
		cmocka_unit_test(lines_lie_in_macros),
		cmocka_unit_test(lines_and_offsets),
		cmocka_unit_test(line_ends_are_no_text),
		cmocka_unit_test(functions_match_by_their_code),
		cmocka_unit_test(tokens_are_counted),
		cmocka_unit_test(tokens_are_whole_identifiers),
		cmocka_unit_test(slice_hides_functions_only),
		cmocka_unit_test(slice_may_hide_all_or_nothing),
		cmocka_unit_test(code_is_blanked_in_place),
	};

	return cmocka_run_group_tests_name("slice", tests, begin, end);
}

// SPDX-License-Identifier: GPL-2.0-only
/* engine: rule and refactor files; each error names file, place and what was expected. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/mem.h"
#include "engine/rule.h"

static const char good_rule[] =
	"{ \"icrfix-rule\": 1, \"id\": \"my-rule\", \"title\": \"T\",\n"
	"\"severity\": \"error\", \"confidence\": \"high\",\n"
	"\"what\": \"W\", \"why\": \"Y\", \"fix\": \"F\", \"links\": [\"L\"],\n"
	"\"cocci\": \"my.cocci\", \"paths\": [\"a/**\", \"b/*.c\"],\n"
	"\"tokens\": { \"all\": [\"one\"], \"any\": [\"two\", \"_three\"] },\n"
	"\"granularity\": \"function\", \"refactor\": null,\n"
	"\"exempt\": [{ \"path\": \"a/x.c\", \"function\": \"f\", \"reason\": \"R\" }] }\n";

static const char good_refactor[] =
	"{ \"icrfix-refactor\": 1, \"id\": \"fix\", \"title\": \"T\", \"what\": \"W\",\n"
	"\"cocci\": \"my.cocci\", \"files\": [\"a/x.c\"], \"mends\": [\"my-rule\"],\n"
	"\"tokens\": { \"all\": [\"one\"] }, \"functional_change\": false,\n"
	"\"helpers\": [{ \"file\": \"a/x.c\", \"name\": \"h\", \"before_function\": \"g\",\n"
	"\"text\": [\"a\", \"b\"] }],\n"
	"\"commit\": { \"author\": \"A <a@x>\", \"date\": \"2021-09-10T15:07:57-07:00\",\n"
	"\"subject\": \"S\", \"body\": [\"B\"] },\n"
	"\"verify\": { \"gone\": [\"my-rule\"], \"new\": \"none\" } }\n";

static int make_pack(void **state)
{
	struct err err = ERR_INIT;
	char *dir, *sub;

	if (tmpdir_make(&dir, &err))
		return -1;
	sub = xasprintf("%s/rules/refactors", dir);
	if (make_dirs(sub, &err))
		return -1;
	free(sub);
	sub = xasprintf("%s/cocci", dir);
	if (make_dirs(sub, &err))
		return -1;
	free(sub);
	*state = dir;
	return 0;
}

static int drop_pack(void **state)
{
	tmpdir_remove(*state);
	free(*state);
	return 0;
}

static void put(const char *dir, const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", dir, name);
	struct err err = ERR_INIT;

	assert_int_equal(file_write(path, text, strlen(text), &err), 0);
	free(path);
}

/* TEXT with the first FROM replaced by TO. */
static char *with(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	assert_non_null(at);
	return xasprintf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static int load(const char *dir, struct pack *pack, struct err *err)
{
	*pack = (struct pack){ .rules = NULL };
	if (pack_load(pack, dir, err) || pack_finish(pack, err))
		return -1;
	return 0;
}

/* Loading fails, and the message has all of the words (NULL ends them). */
static void refused(const char *dir, const char *const *words)
{
	struct err err = ERR_INIT;
	struct pack pack;

	if (!load(dir, &pack, &err))
		fail_msg("taken, although '%s'", words[0]);
	assert_int_equal(err.status, STATUS_USAGE);
	for (; *words; words++)
		if (!strstr(err.text, *words))
			fail_msg("'%s' is not in '%s'", *words, err.text);
	err_release(&err);
	pack_release(&pack);
}

static void good_files_are_read(void **state)
{
	struct err err = ERR_INIT;
	const struct refactor *r;
	const struct rule *rule;
	struct pack pack;

	put(*state, "rules/my-rule.json", good_rule);
	put(*state, "rules/refactors/fix.json", good_refactor);
	put(*state, "cocci/my.cocci", "@r@\n@@\n// Options: --no-includes --very-quiet\n* f()\n");
	assert_int_equal(load(*state, &pack, &err), 0);
	rule = pack_rule(&pack, "my-rule");
	assert_non_null(rule);
	assert_int_equal(rule->severity, SEVERITY_ERROR);
	assert_string_equal(rule->tokens.any.v[1], "_three");
	assert_null(rule->refactor);
	assert_false(rule->whole_file);
	assert_false(rule->about_function);
	assert_true(rule_is_for(rule, PURPOSE_SCAN) && rule_is_for(rule, PURPOSE_REVIEW));
	assert_int_equal(rule->cocci.options.n, 1);
	assert_string_equal(rule->cocci.options.v[0], "--no-includes");
	assert_true(rule_wants_path(rule, "a/b/c.c"));
	assert_false(rule_wants_path(rule, "b/c/d.c"));
	assert_string_equal(rule_exempts(rule, "a/x.c", "f"), "R");
	assert_null(rule_exempts(rule, "a/x.c", "g"));
	assert_null(rule_exempts(rule, "a/y.c", "f"));
	r = pack_refactor(&pack, "fix");
	assert_non_null(r);
	assert_string_equal(r->helpers[0].text, "a\nb\n");
	assert_true(r->verify_no_new);
	assert_null(pack_rule(&pack, "fix"));
	pack_release(&pack);
}

struct change {
	const char *from, *to;
	const char *words[5]; /* ends with NULL */
};

static const struct change rule_changes[] = {
	{ "\"title\"", "\"titel\"", { "unknown key \"titel\"" } },
	{ "\"T\"", "7", { "\"title\"", "expected a string" } },
	{ "\"T\"", "\"a\\u0000b\"", { "JSON" } },
	{ "\"title\": \"T\",", "", { "\"title\" is missing", "a string" } },
	{ "\"title\": \"T\",", "\"title\": null,", { "\"title\" is missing" } },
	{ "\"title\": \"T\",", "\"title\": \"T\", \"title\": \"U\",", { "uplicate", ":1:" } },
	{ "\"error\",", "\"error\" ", { "not valid JSON", ".json:2:" } },
	{ "\"error\"", "\"fatal\"", { "\"severity\"", "note, warning or error", "fatal" } },
	{ "\"high\"", "\"sure\"", { "\"confidence\"", "high, moderate or low" } },
	{ "\"one\"", "\"1x\"", { "tokens", "\"all\"", "1x", "identifier" } },
	{ "\"one\"", "\"\"", { "tokens", "identifier" } },
	{ "\"_three\"", "\"a-b\"", { "tokens", "\"any\"", "a-b" } },
	{ "[\"one\"]", "[\"one\"], \"file\": [\"a b\"]", { "tokens", "\"file\"", "a b" } },
	{ "[\"one\"]", "[\"one\"], \"words\": 1", { "tokens", "\"words\"", "true or false" } },
	{ "[\"one\"]", "[1]", { "tokens", "\"all\"", "an array of strings" } },
	{ "\"all\": [\"one\"], \"any\": [\"two\", \"_three\"]", "", { "tokens", "at least one" } },
	{ "\"any\"", "\"some\"", { "tokens", "unknown key \"some\"" } },
	{ "{ \"all\"", "[], \"x\": { \"all\"", { "\"tokens\"", "an object" } },
	{ "\"icrfix-rule\": 1", "\"icrfix-rule\": 2", { "\"icrfix-rule\"", "the number 1" } },
	{ "\"icrfix-rule\": 1,", "", { "\"icrfix-rule\" is missing" } },
	{ "\"my-rule\"", "\"other\"", { "\"id\"", "other.json" } },
	{ "\"my-rule\"", "\"My-Rule\"", { "\"id\"", "lower case" } },
	{ "\"my-rule\"", "\"\"", { "\"id\"", "lower case" } },
	{ "\"function\", \"refactor\"", "\"line\", \"refactor\"", { "\"granularity\"" } },
	{ "[\"a/**\", \"b/*.c\"]", "[]", { "\"paths\"", "at least one glob" } },
	{ "\"my.cocci\"", "\"none.cocci\"", { "\"cocci\"", "none.cocci" } },
	{ "\"my.cocci\"", "\"../my.cocci\"", { "\"cocci\"", "name of a file" } },
	{ "\"reason\": \"R\"", "\"reason\": 1", { "exempt[0]", "\"reason\"", "a string" } },
	{ ", \"reason\": \"R\"", "", { "exempt[0]", "\"reason\" is missing" } },
	{ "\"refactor\": null", "\"refactor\": \"none\"", { "\"refactor\"", "no refactor none" } },
	{ "\"refactor\": null", "\"use\": \"lint\"", { "\"use\"", "an array of strings" } },
	{ "\"refactor\": null", "\"use\": []", { "\"use\"", "scan, lint or review" } },
	{ "\"refactor\": null", "\"use\": [\"lint\", \"look\"]", { "\"use\"", "not 'look'" } },
	{ "\"refactor\": null", "\"about\": \"line\"", { "\"about\"", "site or function" } },
	{ "\"refactor\": null", "\"consults\": []", { "\"consults\"", "an object" } },
	{ "\"refactor\": null",
	  "\"consults\": { \"paths\": [\"a\"] }",
	  { "consults", "\"functions\" is missing" } },
	{ "\"refactor\": null",
	  "\"consults\": { \"paths\": [], \"functions\": [\"f\"] }",
	  { "consults", "at least one path" } },
	{ "\"refactor\": null",
	  "\"consults\": { \"paths\": [\"a/../../b\"], \"functions\": [\"f\"] }",
	  { "consults", "\"paths\"", "from the tree's root", "a/../../b" } },
	{ "\"refactor\": null",
	  "\"consults\": { \"paths\": [\"/a\"], \"functions\": [\"f\"] }",
	  { "consults", "\"paths\"", "/a" } },
	{ "\"refactor\": null",
	  "\"consults\": { \"paths\": [\"a\"], \"functions\": [\"f(\"] }",
	  { "consults", "\"functions\"", "'f('", "identifier" } },
	{ "{ \"icrfix-rule\"", "[ \"icrfix-rule\"", { "not valid JSON" } },
};

static void optional_keys_are_read(void **state)
{
	char *text = with(good_rule, "\"refactor\": null",
			  "\"use\": [\"lint\", \"review\"], \"about\": \"function\",\n"
			  "\"consults\": { \"paths\": [\"a/b.c\"], \"functions\": [\"f\"] }");
	char *tokens = with(text, "[\"one\"]", "[\"one\"], \"file\": [\"x\"], \"words\": true");
	struct err err = ERR_INIT;
	const struct rule *rule;
	struct pack pack;

	put(*state, "rules/my-rule.json", tokens);
	put(*state, "cocci/my.cocci", "");
	assert_int_equal(load(*state, &pack, &err), 0);
	rule = pack_rule(&pack, "my-rule");
	assert_true(rule->tokens.words);
	assert_string_equal(rule->tokens.file.v[0], "x");
	assert_true(rule->about_function);
	assert_false(rule_is_for(rule, PURPOSE_SCAN));
	assert_true(rule_is_for(rule, PURPOSE_LINT));
	assert_true(rule_is_for(rule, PURPOSE_REVIEW));
	assert_string_equal(rule->consults.v[0], "a/b.c");
	assert_string_equal(rule->definitions.v[0], "f");
	pack_release(&pack);
	free(text);
	free(tokens);
}

static void wrong_rules_are_refused(void **state)
{
	put(*state, "cocci/my.cocci", "");
	for (size_t i = 0; i < ARRAY_SIZE(rule_changes); i++) {
		const struct change *c = &rule_changes[i];
		char *text = with(good_rule, c->from, c->to);
		static const char *const file[] = { "rules/my-rule.json", NULL };

		put(*state, "rules/my-rule.json", text);
		refused(*state, file);
		refused(*state, c->words);
		free(text);
	}
}

static const struct change refactor_changes[] = {
	{ "\"mends\": [\"my-rule\"]",
	  "\"mends\": [\"no-rule\"]",
	  { "\"mends\"", "no rule no-rule" } },
	{ "\"gone\": [\"my-rule\"]",
	  "\"gone\": [\"no-rule\"]",
	  { "verify.gone", "no rule no-rule" } },
	{ "\"none\"", "\"few\"", { "verify", "\"new\"", "none or any" } },
	{ "A <a@x>", "A", { "commit", "\"author\"", "Name <address>" } },
	{ "\"subject\": \"S\", ", "", { "commit", "\"subject\" is missing" } },
	{ "\"name\": \"h\"", "\"nane\": \"h\"", { "helpers[0]", "unknown key \"nane\"" } },
	{ "\"file\": \"a/x.c\"", "\"file\": \"b.c\"", { "helpers[0]", "b.c", "\"files\"" } },
	{ "[\"a\", \"b\"]", "\"a\"", { "helpers[0]", "\"text\"", "an array of strings" } },
	{ "\"files\": [\"a/x.c\"]", "\"files\": []", { "\"files\"" } },
	{ "false", "\"no\"", { "\"functional_change\"", "true or false" } },
	{ "false", "false, \"upstream\": \"12ab\"", { "\"upstream\"", "40 hex" } },
	{ "false",
	  "false, \"stable_form\": { \"refactor\": \"x\", \"commit\": \"1\" }",
	  { "stable_form", "\"commit\"", "40 hex" } },
	{ "\"fix\"", "\"fax\"", { "\"id\"", "fax.json" } },
};

static void wrong_refactors_are_refused(void **state)
{
	put(*state, "cocci/my.cocci", "");
	put(*state, "rules/my-rule.json", good_rule);
	for (size_t i = 0; i < ARRAY_SIZE(refactor_changes); i++) {
		const struct change *c = &refactor_changes[i];
		char *text = with(good_refactor, c->from, c->to);
		static const char *const file[] = { "rules/refactors/fix.json", NULL };

		put(*state, "rules/refactors/fix.json", text);
		refused(*state, file);
		refused(*state, c->words);
		free(text);
	}
}

static void unknown_option_is_refused(void **state)
{
	static const char *const words[] = { "my.cocci", "Options", "--profile", NULL };

	put(*state, "rules/my-rule.json", good_rule);
	put(*state, "cocci/my.cocci", "// x\n// Options: --no-includes --profile\n@@\n@@\n* f()\n");
	refused(*state, words);
}

static void two_of_one_id_are_refused(void **state)
{
	struct pack pack = { .rules = NULL };
	struct err err = ERR_INIT;

	put(*state, "rules/my-rule.json", good_rule);
	put(*state, "cocci/my.cocci", "");
	assert_int_equal(pack_load(&pack, *state, &err), 0);
	assert_int_equal(pack_load(&pack, *state, &err), -1);
	assert_non_null(strstr(err.text, "my-rule is also in"));
	err_release(&err);
	pack_release(&pack);
}

static void empty_directory_is_refused(void **state)
{
	static const char *const words[] = { "no rules in", NULL };

	refused(*state, words);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, make_pack, drop_pack)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(good_files_are_read),         TEST(wrong_rules_are_refused),
		TEST(wrong_refactors_are_refused), TEST(unknown_option_is_refused),
		TEST(optional_keys_are_read),      TEST(two_of_one_id_are_refused),
		TEST(empty_directory_is_refused),
	};

	return cmocka_run_group_tests_name("rule", tests, NULL, NULL);
}

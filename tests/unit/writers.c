// SPDX-License-Identifier: GPL-2.0-only
/* report: a made-up report with hostile strings stays valid in every format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/github.h"
#include "report/gitlab.h"
#include "report/json.h"
#include "report/report.h"

static const char *const hostile[] = {
	"plain",
	"\"},{\"x\":\"",
	"\\",
	"\\u0000",
	"a\nb\r\tc",
	"\033]0;title\a",
	"\xff\xfe",
	"caf\xe9",
	"\xe2\x82",
	"\xed\xa0\x80",
	"\xe2\x80\xaegnp.c",
	"%41?#[]&",
	"</script>",
	"\xf0\x9f\x98\x80",
	" ",
	"::a=b,c::%0A%",
	"\r\n",
	"%25",
};

#define N ARRAY_SIZE(hostile)

struct made {
	struct rule rule;
	const struct rule *list[1];
	struct scan_target targets[2];
	struct scan_report report;
};

static void add(struct scan_target *t, const char *s, int line)
{
	int lines[2] = { line, line + 2 };
	struct finding f = {
		.rule = xstrdup("rule"),
		.severity = SEVERITY_WARNING,
		.path = xstrdup(s),
		.line = line,
		.column = 3,
		.end_column = line % 2 ? 9 : 0,
		.end_line = line + 2,
		.lines = xmemdup(lines, sizeof(lines)),
		.n_lines = 2,
		.function = xstrdup(s),
		.message = xstrdup(s),
		.snippet = xasprintf("%s\n", s),
		.identity = xstrdup(s),
		.rev = xstrdup(s),
	};
	struct unseen u = {
		.rule = xstrdup("rule"),
		.path = xstrdup(s),
		.line = line % 2 ? line : 0,
		.function = xstrdup(s),
		.reason = xstrdup(s),
		.rev = NULL,
	};

	findings_add(&t->findings, &f);
	findings_add_unseen(&t->findings, &u);
}

static int make_report(void **state)
{
	struct made *m = xcalloc(1, sizeof(*m));
	char *bad = (char *)(uintptr_t)hostile[7];

	m->rule = (struct rule){ .id = (char *)(uintptr_t) "rule",
				 .title = bad,
				 .what = bad,
				 .why = bad,
				 .fix = bad,
				 .severity = SEVERITY_WARNING };
	strv_add(&m->rule.links, hostile[1]);
	m->list[0] = &m->rule;
	for (size_t i = 0; i < N; i++)
		add(&m->targets[0], hostile[i], (int)i + 1);
	findings_finish(&m->targets[0].findings);
	m->targets[0].name = xstrdup(hostile[6]);
	m->targets[1].name = xstrdup(hostile[5]);
	memset(m->targets[0].commit, 'a', OID_HEX - 1);
	m->report = (struct scan_report){ .rules = m->list,
					  .n_rules = 1,
					  .targets = m->targets,
					  .n_targets = 2,
					  .spatch_version = hostile[7] };
	*state = m;
	return 0;
}

static int drop_report(void **state)
{
	struct made *m = *state;

	for (size_t i = 0; i < 2; i++) {
		findings_release(&m->targets[i].findings);
		free(m->targets[i].name);
	}
	strv_release(&m->rule.links);
	free(m);
	return 0;
}

static json_t *written(const struct made *m, const char *format)
{
	struct buf out = BUF_INIT;
	json_error_t je;
	json_t *root;

	report_find(format)(&m->report, &out);
	root = json_loadb(out.p, out.len, JSON_REJECT_DUPLICATES, &je);
	if (!root)
		fail_msg("%s:%d: %s", format, je.line, je.text);
	buf_release(&out);
	return root;
}

static const char *member(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	assert_non_null(s);
	return s;
}

static void json_stays_valid(void **state)
{
	const struct made *m = *state;
	json_t *root = written(m, "json"), *list = json_object_get(root, "findings"), *f;
	size_t i, equal = 0;

	assert_int_equal(json_integer_value(json_object_get(root, "icrfix")), 1);
	assert_int_equal(json_array_size(list), N);
	assert_int_equal(json_array_size(json_object_get(root, "not_analysed")), N);
	json_array_foreach(list, i, f) {
		const struct finding *from = &m->targets[0].findings.v[i];

		assert_int_equal(json_integer_value(json_object_get(f, "line")), from->line);
		assert_string_equal(member(f, "fingerprint"), from->fingerprint);
		equal += !strcmp(member(f, "path"), from->path);
	}
	/* Only the four that are no UTF-8 may differ. */
	assert_int_equal(equal, N - 4);
	json_decref(root);
}

static void json_replaces_what_is_no_utf8(void **state)
{
	static const char *const pairs[][2] = {
		{ "caf\xe9", "caf\xef\xbf\xbd" },
		{ "\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd" },
		{ "a\xe2\x82z", "a\xef\xbf\xbd\xef\xbf\xbdz" },
		{ "\xff\xe2\x82\xac", "\xef\xbf\xbd\xe2\x82\xac" },
		{ "\xc3\xa9\xff", "\xc3\xa9\xef\xbf\xbd" },
		{ "", "" },
	};
	json_t *json = json_text(NULL);

	(void)state;
	assert_true(json_is_null(json));
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		json = json_text(pairs[i][0]);
		assert_string_equal(json_string_value(json), pairs[i][1]);
		json_decref(json);
	}
}

/* A relative URI reference of RFC 3986: nothing in it but what needs no escape. */
static void uri_is_clean(const char *uri)
{
	for (; *uri; uri++)
		assert_non_null(strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "0123456789-._~/%",
				       *uri));
}

static void sarif_stays_valid(void **state)
{
	json_t *root = written(*state, "sarif"), *runs = json_object_get(root, "runs"), *run, *r;
	json_t *place;
	size_t i;

	assert_string_equal(member(root, "version"), "2.1.0");
	assert_int_equal(json_array_size(runs), 2);
	run = json_array_get(runs, 0);
	assert_int_equal(json_array_size(json_object_get(run, "results")), N);
	json_array_foreach(json_object_get(run, "results"), i, r) {
		place = json_array_get(json_object_get(r, "locations"), 0);
		place = json_object_get(place, "physicalLocation");
		uri_is_clean(member(json_object_get(place, "artifactLocation"), "uri"));
		assert_string_equal(member(r, "ruleId"), "rule");
		assert_string_equal(member(r, "level"), "warning");
		member(json_object_get(r, "partialFingerprints"), "primaryLocationLineHash");
		member(json_object_get(r, "message"), "text");
	}
	place = json_array_get(json_object_get(run, "invocations"), 0);
	assert_true(json_is_false(json_object_get(place, "executionSuccessful")));
	assert_int_equal(json_array_size(json_object_get(place, "toolExecutionNotifications")), N);
	run = json_array_get(runs, 1);
	assert_int_equal(json_array_size(json_object_get(run, "results")), 0);
	place = json_array_get(json_object_get(run, "invocations"), 0);
	assert_true(json_is_true(json_object_get(place, "executionSuccessful")));
	json_decref(root);
}

static void text_plays_no_tricks(void **state)
{
	const struct made *m = *state;
	struct buf out = BUF_INIT;

	report_find("text")(&m->report, &out);
	for (size_t i = 0; i < out.len; i++)
		assert_true(out.p[i] == '\n' || out.p[i] == '\t' ||
			    ((unsigned char)out.p[i] >= 0x20 && out.p[i] != 0x7f));
	assert_null(strstr(out.p, "\xe2\x80\xae"));
	assert_non_null(strstr(out.p, "plain:1:3: warning: plain [rule]\n"));
	assert_non_null(strstr(out.p, "not analysed: plain: plain [rule]\n"));
	buf_release(&out);
}

/* Undo the escaping, and let nothing pass that should have been escaped. */
static void unescape(const char *p, size_t n, const char *special, struct buf *out)
{
	buf_clear(out);
	buf_adds(out, "");
	for (size_t i = 0; i < n; i++) {
		char hex[3] = { p[i], 0, 0 };

		if (p[i] != '%') {
			assert_null(strchr(special, p[i]));
			buf_addc(out, p[i]);
			continue;
		}
		assert_true(i + 2 < n);
		memcpy(hex, p + i + 1, 2);
		buf_addc(out, (char)strtol(hex, NULL, 16));
		assert_non_null(strchr(special, out->p[out->len - 1]));
		i += 2;
	}
}

static void github_comes_back(void **state)
{
	const struct findings *fs = &((const struct made *)*state)->targets[0].findings;
	struct buf line = BUF_INIT, back = BUF_INIT;

	for (size_t i = 0; i < fs->n; i++) {
		const struct finding *f = &fs->v[i];
		const char *path, *message;

		buf_clear(&line);
		github_finding(&line, f, f->message);
		assert_ptr_equal(strchr(line.p, '\n'), line.p + line.len - 1);
		path = strstr(line.p, "file=") + 5;
		unescape(path, strcspn(path, ","), "%\r\n:,", &back);
		assert_string_equal(back.p, f->path);
		message = strstr(path, "::") + 2;
		unescape(message, strlen(message) - 1, "%\r\n", &back);
		assert_string_equal(back.p, f->message);
	}
	buf_release(&line);
	buf_release(&back);
}

static void github_says_what_it_hides(void **state)
{
	const struct findings *fs = &((const struct made *)*state)->targets[0].findings;
	struct buf lines = BUF_INIT, out = BUF_INIT;

	for (size_t i = 0; i < 10; i++)
		github_finding(&lines, &fs->v[i], "::error file=x::warning ");
	github_emit(&lines, &out);
	assert_string_equal(out.p, lines.p);
	buf_clear(&out);
	github_unseen(&lines, &fs->unseen[0], "text");
	github_emit(&lines, &out);
	assert_ptr_equal(strstr(out.p, "::notice title=icrfix::11 "), out.p);
	assert_string_equal(strchr(out.p, '\n') + 1, lines.p);
	buf_release(&lines);
	buf_release(&out);
}

static void gitlab_stays_valid(void **state)
{
	json_t *list = written(*state, "gitlab"), *o;
	size_t i;

	assert_int_equal(json_array_size(list), 2 * N);
	json_array_foreach(list, i, o) {
		json_t *place = json_object_get(o, "location");

		assert_int_equal(strlen(member(o, "fingerprint")), OID_HEX - 1);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(member(json_array_get(list, j), "fingerprint"),
						member(o, "fingerprint"));
		assert_true(*member(o, "description"));
		assert_string_equal(member(o, "check_name"), i < N ? "rule" : "not-analysed");
		member(place, "path");
		place = json_object_get(json_object_get(place, "lines"), "begin");
		assert_true(json_integer_value(place) > 0);
	}
	json_decref(list);
}

static void gitlab_keeps_equal_issues(void **state)
{
	const struct findings *fs = &((const struct made *)*state)->targets[0].findings;
	json_t *list = json_array();

	for (int i = 0; i < 3; i++)
		gitlab_add(list, gitlab_finding(&fs->v[0], "text"));
	assert_string_equal(member(json_array_get(list, 0), "fingerprint"), fs->v[0].fingerprint);
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(member(json_array_get(list, i), "fingerprint"),
						member(json_array_get(list, j), "fingerprint"));
	json_decref(list);
}

static void formats_are_found_and_counted(void **state)
{
	const struct made *m = *state;
	size_t unseen;

	assert_ptr_equal(report_find("sarif"), report_sarif);
	assert_null(report_find("xml"));
	assert_null(report_find(""));
	assert_int_equal(report_count(&m->report, &unseen), N);
	assert_int_equal(unseen, N);
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

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, make_report, drop_report)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(json_stays_valid),
		TEST(json_replaces_what_is_no_utf8),
		TEST(sarif_stays_valid),
		TEST(text_plays_no_tricks),
		TEST(github_comes_back),
		TEST(github_says_what_it_hides),
		TEST(gitlab_stays_valid),
		TEST(gitlab_keeps_equal_issues),
		TEST(formats_are_found_and_counted),
	};

	return cmocka_run_group_tests_name("writers", tests, begin, end);
}

// SPDX-License-Identifier: GPL-2.0-only
#include "cases.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "match.h"
#include "source.h"

struct test_case {
	const char *file; /* owned by the list */
	struct buf text;
	struct source src;
	char *path;
	char *expected; /* "finding 12 with 13\n...", sorted by line */
	struct consults consults;
};

struct suite {
	struct spatch *spatch;
	const struct rule *rule;
	struct test_case *v;
	size_t n;
	struct case_results *results;
};

void cases_list(const char *dir, struct strv *files)
{
	DIR *d = opendir(dir);
	struct dirent *de;

	while (d && (de = readdir(d))) {
		size_t n = strlen(de->d_name);

		if (n > 2 && !strcmp(de->d_name + n - 2, ".c"))
			strv_take(files, xasprintf("%s/%s", dir, de->d_name));
	}
	if (d)
		closedir(d);
	strv_sort(files, false);
}

/* The marker on a line: its number, 0 without one, -1 when it is not there. */
static long marker(const char *line, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = line; (p = memmem(p, len - (size_t)(p - line), "/* ", 3)); p += 3)
		if ((size_t)(line + len - p) > n + 3 && !strncmp(p + 3, word, n) && p[3 + n] == ' ')
			return strtol(p + 4 + n, NULL, 10);
	return -1;
}

/* All lines with WITH of one number, as " with 13 14". */
static void add_withs(const struct source *src, long number, struct buf *out)
{
	const char *sep = " with ";

	for (int line = 1; line <= (int)src->n_lines; line++) {
		size_t len;
		const char *p = source_line_text(src, line, &len);

		if (marker(p, len, "WITH") == number) {
			buf_addf(out, "%s%d", sep, line);
			sep = " ";
		}
	}
}

static char *expectation(const struct source *src)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "");
	for (int line = 1; line <= (int)src->n_lines; line++) {
		size_t len;
		const char *p = source_line_text(src, line, &len);
		long number = marker(p, len, "FINDING");

		if (number >= 0) {
			buf_addf(&out, "finding %d", line);
			add_withs(src, number, &out);
			buf_addc(&out, '\n');
		}
		if (marker(p, len, "NOT-ANALYSED") >= 0)
			buf_addf(&out, "not analysed %d\n", line);
	}
	return buf_detach(&out);
}

/* The word behind " * KEY: " in a comment, or NULL.  The caller frees. */
static char *header(const char *text, const char *key)
{
	char *line = xasprintf("\n * %s: ", key);
	const char *p = strstr(text, line);
	size_t n = strlen(line);

	free(line);
	return p ? xstrndup(p + n, strcspn(p + n, " \t\r\n")) : NULL;
}

static char *pretended_path(const char *text)
{
	char *path = header(text, "path");

	return path ? path : xstrdup("arch/x86/kvm/case.c");
}

static int load_text(struct buf *text, const char *file, struct err *err)
{
	*text = (struct buf)BUF_INIT_MAX((size_t)1 << 20);
	return buf_read_file(text, file, err);
}

/* What the rule consults: the case itself, or the file beside it that it names. */
static int load_consulted(struct test_case *c, struct err *err)
{
	char *name = header(c->text.p, "consults"), *file, *path;
	struct buf text;
	int rc;

	consults_set(&c->consults, c->path, c->text.p, c->text.len);
	if (!name)
		return 0;
	file = xasprintf("%.*s/%s", (int)(strrchr(c->file, '/') - c->file), c->file, name);
	rc = load_text(&text, file, err);
	if (!rc) {
		path = pretended_path(text.p);
		consults_set(&c->consults, path, text.p, text.len);
		free(path);
	}
	buf_release(&text);
	free(file);
	free(name);
	return rc;
}

static int load_case(struct test_case *c, const struct rule *rule, const char *file,
		     struct err *err)
{
	c->file = file;
	consults_init(&c->consults, rule, false);
	if (load_text(&c->text, file, err))
		return -1;
	source_init(&c->src, c->text.p, c->text.len);
	c->path = pretended_path(c->text.p);
	c->expected = expectation(&c->src);
	return load_consulted(c, err);
}

static int finding_order(const void *a, const void *b)
{
	const struct finding *f = a, *g = b;

	return f->line != g->line ? f->line - g->line : f->column - g->column;
}

static int unseen_order(const void *a, const void *b)
{
	return ((const struct unseen *)a)->line - ((const struct unseen *)b)->line;
}

static void describe_finding(const struct finding *f, struct buf *out)
{
	const char *sep = " with ";

	buf_addf(out, "finding %d", f->line);
	for (size_t i = 0; i < f->n_lines; i++) {
		if (f->lines[i] == f->line)
			continue;
		buf_addf(out, "%s%d", sep, f->lines[i]);
		sep = " ";
	}
	buf_addc(out, '\n');
}

/* What came out, in the words and order of expectation(). */
static char *outcome(const struct suite *s, const struct test_case *c, struct findings *found)
{
	struct buf out = BUF_INIT;
	size_t u = 0;

	buf_adds(&out, "");
	if (found->n)
		qsort(found->v, found->n, sizeof(*found->v), finding_order);
	if (found->n_unseen)
		qsort(found->unseen, found->n_unseen, sizeof(*found->unseen), unseen_order);
	for (size_t i = 0; i < found->n; i++) {
		if (rule_exempts(s->rule, c->path, found->v[i].function))
			continue;
		for (; u < found->n_unseen && found->unseen[u].line < found->v[i].line; u++)
			buf_addf(&out, "not analysed %d\n", found->unseen[u].line);
		describe_finding(&found->v[i], &out);
	}
	for (; u < found->n_unseen; u++)
		buf_addf(&out, "not analysed %d\n", found->unseen[u].line);
	return buf_detach(&out);
}

static void fail(struct suite *s, const struct test_case *c, const char *what, const char *expected,
		 const char *got)
{
	strv_take(&s->results->failures,
		  xasprintf("%s: %s\n  expected:\n%s  got:\n%s", c->file, what, expected, got));
}

/* Cases that consult nothing share a run; each other one has a tree of its own. */
static size_t share(const struct suite *s, size_t from)
{
	return s->rule->consults.n ? 1 : s->n - from;
}

static int check_findings(struct suite *s, bool whole_files, struct err *err)
{
	struct match *matches = xcalloc(s->n, sizeof(*matches));
	int rc = 0;

	for (size_t i = 0; i < s->n; i++)
		matches[i].src = &s->v[i].src;
	for (size_t i = 0; !rc && i < s->n; i += share(s, i))
		rc = match_rule(s->spatch, &s->v[i].consults, matches + i, share(s, i), whole_files,
				err);
	for (size_t i = 0; i < s->n; i++) {
		char *got = outcome(s, &s->v[i], &matches[i].found);

		if (!rc && strcmp(got, s->v[i].expected) != 0)
			fail(s, &s->v[i], whole_files ? "with whole files" : "with slices",
			     s->v[i].expected, got);
		free(got);
		findings_release(&matches[i].found);
	}
	free(matches);
	return rc;
}

/* Lines in functions that are not exempt; macros are told as not analysed. */
static char *line_text(const struct suite *s, const struct test_case *c, const struct line_set *set)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "");
	for (size_t i = 0; i < set->n; i++) {
		const struct function *fn = source_function_at(&c->src, set->v[i]);

		if (!source_macro_at(&c->src, set->v[i]) &&
		    (!fn || !rule_exempts(s->rule, c->path, fn->name)))
			buf_addf(&out, "line %d\n", set->v[i]);
	}
	return buf_detach(&out);
}

/* All lines that the markers name. */
static char *marked_lines(const struct test_case *c)
{
	struct buf out = BUF_INIT;

	buf_adds(&out, "");
	for (int line = 1; line <= (int)c->src.n_lines; line++) {
		size_t len;
		const char *p = source_line_text(&c->src, line, &len);

		if (marker(p, len, "FINDING") >= 0 || marker(p, len, "WITH") >= 0)
			buf_addf(&out, "line %d\n", line);
	}
	return buf_detach(&out);
}

static int check_plain(struct suite *s, const char *mode, struct err *err)
{
	const struct source **srcs = xcalloc(s->n, sizeof(*srcs));
	struct line_set *sets = xcalloc(s->n, sizeof(*sets));
	int rc = 0;

	for (size_t i = 0; i < s->n; i++)
		srcs[i] = &s->v[i].src;
	for (size_t i = 0; !rc && i < s->n; i += share(s, i))
		rc = match_plain(s->spatch, &s->v[i].consults, mode, srcs + i, share(s, i),
				 sets + i, err);
	for (size_t i = 0; i < s->n; i++) {
		char *expected = marked_lines(&s->v[i]), *got = line_text(s, &s->v[i], &sets[i]);

		if (!rc && strcmp(expected, got) != 0)
			fail(s, &s->v[i], mode, expected, got);
		free(expected);
		free(got);
		free(sets[i].v);
	}
	free(srcs);
	free(sets);
	return rc;
}

/* By its name a case says whether it has a finding. */
static void check_name(struct suite *s, const struct test_case *c)
{
	const char *base = strrchr(c->file, '/') + 1;
	bool match = !strncmp(base, "match-", 6);

	if (!match && strncmp(base, "no-match-", 9) != 0 && strncmp(base, "fixed-", 6) != 0)
		fail(s, c, "name", "  match-, no-match- or fixed-\n", "");
	else if (match != (*c->expected != '\0'))
		fail(s, c, "name", match ? "  markers in it\n" : "  no marker in it\n",
		     c->expected);
}

static int run_suite(struct suite *s, struct err *err)
{
	for (size_t i = 0; i < s->n; i++)
		check_name(s, &s->v[i]);
	if (!s->n)
		return 0;
	if (check_findings(s, false, err) || check_findings(s, true, err) ||
	    check_plain(s, "context", err) || check_plain(s, "report", err))
		return -1;
	return 0;
}

int cases_run(struct spatch *spatch, const struct rule *rule, const char *pack_dir,
	      struct case_results *results, struct err *err)
{
	char *dir = xasprintf("%s/tests/cocci/%s", pack_dir, rule->id);
	struct suite s = { .spatch = spatch, .rule = rule, .results = results };
	struct strv files = STRV_INIT;
	int rc = 0;

	*results = (struct case_results){ 0, STRV_INIT };
	cases_list(dir, &files);
	s.v = xcalloc(files.n, sizeof(*s.v));
	for (; !rc && s.n < files.n; s.n++)
		rc = load_case(&s.v[s.n], rule, files.v[s.n], err);
	if (!rc)
		rc = run_suite(&s, err);
	results->n = s.n;
	for (size_t i = 0; i < s.n; i++) {
		consults_release(&s.v[i].consults);
		source_release(&s.v[i].src);
		buf_release(&s.v[i].text);
		free(s.v[i].path);
		free(s.v[i].expected);
	}
	free(s.v);
	strv_release(&files);
	free(dir);
	return rc;
}

void case_results_release(struct case_results *results)
{
	strv_release(&results->failures);
}

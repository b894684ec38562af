// SPDX-License-Identifier: GPL-2.0-only
/* tree: where hunks go, and trees with files added, changed and taken out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <git2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/mem.h"
#include "tree/apply.h"
#include "tree/apply_text.h"
#include "tree/repo_write.h"

/* Apply the hunks to the text; "moved: " before the result, or "no: " and why not. */
static char *patched(const char *text, const char *hunks)
{
	char *whole = xasprintf("--- a/f\n+++ b/f\n%s", hunks), *result;
	struct patched out = PATCHED_INIT;
	struct diff diff = DIFF_INIT;
	struct err err = ERR_INIT;
	size_t work = APPLY_WORK;

	assert_int_equal(diff_parse(&diff, whole, strlen(whole), &err), 0);
	assert_int_equal(diff.n, 1);
	if (patch_text(&diff.files[0], text, strlen(text), &work, &out))
		result = xasprintf("no: %s", out.reason);
	else
		result = xasprintf("%s%s", out.moved ? "moved: " : "", out.text.p);
	patched_release(&out);
	diff_release(&diff);
	free(whole);
	return result;
}

static void gives(const char *text, const char *hunks, const char *expected)
{
	char *result = patched(text, hunks);

	assert_string_equal(result, expected);
	free(result);
}

#define CHANGE_AT(line) "@@ -" line ",3 +" line ",3 @@\n a\n-b\n+X\n c\n"

static void nearest_wins(void **state)
{
	(void)state;
	gives("0\na\nb\nc\n", CHANGE_AT("2"), "0\na\nX\nc\n");
	gives("0\n0\n0\na\nb\nc\n", CHANGE_AT("2"), "moved: 0\n0\n0\na\nX\nc\n");
	gives("0\na\nb\nc\n0\n0\na\nb\nc\n", CHANGE_AT("4"), "moved: 0\na\nX\nc\n0\n0\na\nb\nc\n");
	gives("0\na\nb\nc\n0\n0\na\nb\nc\n", CHANGE_AT("5"), "moved: 0\na\nb\nc\n0\n0\na\nX\nc\n");
	/* Equally far: the later one. */
	gives("0\na\nb\nc\n0\na\nb\nc\n", CHANGE_AT("4"), "moved: 0\na\nb\nc\n0\na\nX\nc\n");
	gives("0\na\nb\nc\n0\n", CHANGE_AT("4000000"), "moved: 0\na\nX\nc\n0\n");
	gives("0\na\nb\nd\n", CHANGE_AT("2"),
	      "no: hunk 1 of 1 does not fit at line 2 nor anywhere else");
}

static void ends_are_ends(void **state)
{
	(void)state;
	gives("a\nb\nc\n", CHANGE_AT("1"), "a\nX\nc\n");
	gives("0\na\nb\nc\n", CHANGE_AT("1"),
	      "no: hunk 1 of 1 does not fit at the beginning of the file");
	gives("0\na\nb\n", "@@ -2,2 +2,2 @@\n a\n-b\n+X\n", "0\na\nX\n");
	gives("0\n0\n0\na\nb\n", "@@ -2,2 +2,2 @@\n a\n-b\n+X\n", "moved: 0\n0\n0\na\nX\n");
	gives("0\na\nb\nc\n", "@@ -2,2 +2,2 @@\n a\n-b\n+X\n",
	      "no: hunk 1 of 1 does not fit at the end of the file");
	/* Without context a hunk can only be at the end. */
	gives("0\na\n", "@@ -1,0 +2 @@\n+X\n",
	      "no: hunk 1 of 1 does not fit at the beginning of "
	      "the file");
	gives("0\na\n", "@@ -2,0 +3 @@\n+X\n", "0\na\nX\n");
	gives("", "@@ -0,0 +1,2 @@\n+a\n+b\n", "a\nb\n");
	gives("a\nb\n", "@@ -1,2 +0,0 @@\n-a\n-b\n", "");
}

static void written_lines_are_no_context(void **state)
{
	static const char two[] =
		"@@ -2,3 +2,3 @@\n a\n-b\n+b\n c\n@@ -9,3 +9,3 @@\n a\n-b\n+X\n c\n";

	(void)state;
	gives("0\na\nb\nc\n0\na\nb\nc\n", two, "moved: 0\na\nb\nc\n0\na\nX\nc\n");
	gives("0\na\nb\nc\n", two, "no: hunk 2 of 2 does not fit at line 9 nor anywhere else");
	/* The line numbers are those after the hunks before. */
	gives("0\na\nb\nc\n0\n1\n2\n",
	      "@@ -2,3 +2,6 @@\n a\n-b\n+b\n+b\n+b\n+b\n c\n@@ -5,3 +8,3 @@\n 0\n-1\n+X\n 2\n",
	      "0\na\nb\nb\nb\nb\nc\n0\nX\n2\n");
	/* They need not come in order. */
	gives("0\na\nb\nc\n0\n1\n2\n",
	      "@@ -5,3 +5,3 @@\n 0\n-1\n+X\n 2\n@@ -2,3 +2,3 @@\n a\n-b\n+X\n c\n",
	      "0\na\nX\nc\n0\nX\n2\n");
}

static void line_ends(void **state)
{
	static const char cut[] = "@@ -1,2 +1,2 @@\n a\n-b\n+X\n\\ No newline at end of file\n";

	(void)state;
	gives("a\nb\n", cut, "a\nX");
	gives("a\nb", cut, "no: hunk 1 of 1 does not fit at the beginning of the file");
	gives("a\nb", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n", "a\nb\n");
	gives("a\r\nb\r\nc\r\n", "@@ -1,3 +1,3 @@\n a\r\n-b\r\n+X\r\n c\r\n", "a\r\nX\r\nc\r\n");
	gives("a\r\nb\r\nc\r\n", CHANGE_AT("1"),
	      "no: hunk 1 of 1 does not fit at the beginning of the file");
	gives("a\n\nc\n", "@@ -1,3 +1,3 @@\n a\n\n-c\n+X\n", "a\n\nX\n");
	/* As git: such a line swallows the line end that is there. */
	gives("a\nb\nc\nd\n", "@@ -1,3 +1,3 @@\n-a\n+X\n b\n c\n\\ No newline at end of file\n",
	      "X\nb\ncd\n");
}

static void hunks_that_are_none(void **state)
{
	(void)state;
	gives("a\nb\n", "@@ -1,2 +1,2 @@\n a\n b\n", "no: hunk 1 of 1 changes nothing");
	gives("", "@@ -1,2 +1,1 @@\n a\n-b\n",
	      "no: hunk 1 of 1 does not fit at line 1 nor anywhere else");
}

/* Many places that nearly fit are not all looked at. */
static void work_is_bounded(void **state)
{
	struct buf text = BUF_INIT, hunk = BUF_INIT;
	char *result;

	(void)state;
	for (int i = 0; i < 400000; i++)
		buf_adds(&text, "a\n");
	buf_addf(&hunk, "@@ -2,100001 +2,100002 @@\n");
	for (int i = 0; i < 100000; i++)
		buf_adds(&hunk, " a\n");
	buf_adds(&hunk, "+X\n b\n");
	result = patched(text.p, hunk.p);
	assert_string_equal(result, "no: there are too many places to look at for hunk 1 of 1");
	free(result);
	buf_release(&text);
	buf_release(&hunk);
}

static char *dir;
static struct repo *repo;

static int open_repo(void **state)
{
	struct err err = ERR_INIT;
	git_repository *git;

	(void)state;
	repo_init();
	if (tmpdir_make(&dir, &err) || git_repository_init(&git, dir, true))
		return -1;
	git_repository_free(git);
	return repo_open(&repo, dir, &err) || repo_write_to_memory(repo, &err) ? -1 : 0;
}

static int close_repo(void **state)
{
	(void)state;
	repo_free(repo);
	repo_exit();
	tmpdir_remove(dir);
	free(dir);
	return 0;
}

struct change {
	const char *path, *text; /* NULL: it goes */
};

/* The tree with these changes; "" when a file is in the way. */
static const char *changed(const char *tree, const struct change *changes, size_t n)
{
	static char ids[32][OID_HEX];
	static unsigned int next;
	char *out = ids[next++ % 32];
	struct new_file files[8] = { { .path = NULL } };
	struct err err = ERR_INIT;
	size_t clash;
	int rc;

	for (size_t i = 0; i < n; i++)
		files[i] = (struct new_file){ .path = changes[i].path,
					      .p = changes[i].text,
					      .len = changes[i].text ? strlen(changes[i].text) : 0,
					      .gone = !changes[i].text };
	rc = repo_write_tree(repo, tree, files, n, out, &clash, &err);
	err_release(&err);
	assert_true(rc >= 0);
	if (rc)
		*out = '\0';
	return out;
}

#define CHANGED(tree, ...)                                    \
	changed(tree, (const struct change[]){ __VA_ARGS__ }, \
		ARRAY_SIZE(((const struct change[]){ __VA_ARGS__ })))

static void add_listed(void *ctx, const struct tree_file *f)
{
	buf_addf(ctx, "%s%o %s", ((struct buf *)ctx)->len ? ", " : "", f->mode & 0777, f->path);
}

static void holds(const char *tree, const char *expected)
{
	struct buf list = BUF_INIT;
	struct err err = ERR_INIT;

	buf_adds(&list, "");
	assert_int_equal(repo_walk_all(repo, tree, add_listed, &list, &err), 0);
	assert_string_equal(list.p, expected);
	buf_release(&list);
}

static void trees_are_written(void **state)
{
	const char *one = CHANGED(NULL, { "b/c/d", "1" }, { "a", "2" }, { "b-c", "3" });
	const char *two;

	(void)state;
	holds(one, "644 a, 644 b-c, 644 b/c/d");
	two = CHANGED(one, { "b/x", "4" }, { "a", NULL }, { "b.c", "5" });
	holds(two, "644 b-c, 644 b.c, 644 b/c/d, 644 b/x");
	assert_string_equal(CHANGED(two, { "b/x", NULL }, { "a", "2" }, { "b.c", NULL }), one);
	assert_string_equal(CHANGED(NULL, { "a", "2" }, { "b-c", "3" }, { "b/c/d", "1" }), one);
}

static void directories_come_and_go(void **state)
{
	const char *tree = CHANGED(NULL, { "a/b/c", "1" }, { "a/d", "2" }, { "e", "3" });

	(void)state;
	holds(CHANGED(tree, { "a/b/c", NULL }), "644 a/d, 644 e");
	holds(CHANGED(tree, { "a/b/c", NULL }, { "a/d", NULL }), "644 e");
	holds(CHANGED(tree, { "a/b/c", NULL }, { "a/d", NULL }, { "e", NULL }), "");
	holds(CHANGED(tree, { "a/b/c", NULL }, { "a/b", "file" }), "644 a/b, 644 a/d, 644 e");
	holds(CHANGED(tree, { "e", NULL }, { "e/f/g", "1" }), "644 a/b/c, 644 a/d, 644 e/f/g");
	/* Something stays in the way. */
	assert_string_equal(CHANGED(tree, { "a", "file" }), "");
	assert_string_equal(CHANGED(tree, { "a", "file" }, { "a/b/c", NULL }), "");
	assert_string_equal(CHANGED(tree, { "e/f", "file" }), "");
	assert_string_equal(CHANGED(tree, { "n", "1" }, { "n/o", "2" }), "");
}

static void bad_trees_are_errors(void **state)
{
	static const char *const names[] = { "",     "/a",       "a//b", "a/",  "../a", "a/..",
					     ".git", "a/.GIT/b", "a/.",  "\na", "b/c" };
	const char *tree = CHANGED(NULL, { "a", "1" });
	char out[OID_HEX];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const struct new_file file = { .path = names[i], .gone = true };
		struct err err = ERR_INIT;

		assert_int_equal(repo_write_tree(repo, tree, &file, 1, out, NULL, &err), -1);
		assert_non_null(err.text);
		err_release(&err);
	}
}

/* What was written is gone, and the handle can be used as before. */
static void written_can_be_forgotten(void **state)
{
	const char *tree = CHANGED(NULL, { "a/b", "1" });
	struct tree_entry entry;
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(repo_entry(repo, tree, "a/b", &entry, &err), 0);
	assert_int_equal(repo_entry(repo, tree, "a/b/c", &entry, &err), 1);
	repo_forget_written(repo);
	assert_int_equal(repo_entry(repo, tree, "a/b", &entry, &err), -1);
	err_release(&err);
	tree = CHANGED(NULL, { "a/b", "1" });
	assert_int_equal(repo_entry(repo, tree, "a/b", &entry, &err), 0);
}

/* Apply a diff; the new tree's files, or "no: ", the file and why not. */
static char *applied(const char *tree, const char *text, bool merge)
{
	struct diff diff = DIFF_INIT;
	struct buf out = BUF_INIT;
	struct applied a;
	struct err err = ERR_INIT;
	int rc;

	assert_int_equal(diff_parse(&diff, text, strlen(text), &err), 0);
	rc = apply_diff(repo, tree, &diff, merge, &a, &err);
	assert_true(rc >= 0);
	if (rc) {
		assert_string_equal(a.tree, tree);
		buf_addf(&out, "no: %s: %s", a.path ? a.path : "", a.reason);
	} else {
		buf_adds(&out, "");
		assert_int_equal(repo_walk_all(repo, a.tree, add_listed, &out, &err), 0);
	}
	applied_release(&a);
	diff_release(&diff);
	return buf_detach(&out);
}

static void makes(const char *tree, const char *text, bool merge, const char *expected)
{
	char *result = applied(tree, text, merge);

	assert_string_equal(result, expected);
	free(result);
}

static void patches_apply_as_a_whole(void **state)
{
	const char *tree = CHANGED(NULL, { "a", "1\n" }, { "d/b", "2\n" });

	(void)state;
	makes(tree,
	      "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-1\n+X\n--- a/d/b\n+++ b/d/b\n@@ -1 +1 @@\n-1\n+X\n",
	      false, "no: d/b: hunk 1 of 1 does not fit at the beginning of the file");
	makes(tree, "diff --git a/a b/d/a\nrename from a\nrename to d/a\n", false,
	      "644 d/a, 644 d/b");
	makes(tree, "diff --git a/a b/d\nrename from a\nrename to d\n", false,
	      "no: d: cannot be written: a directory of that name is there");
	makes(tree,
	      "diff --git a/a b/d/b\nrename from a\nrename to d/b\n"
	      "diff --git a/d/b b/a\nrename from d/b\nrename to a\n",
	      false, "644 a, 644 d/b");
	makes(tree, "diff --git a/a b/a\nold mode 100644\nnew mode 100755\n", false,
	      "755 a, 644 d/b");
	makes(tree, "diff --git a/a b/n\ncopy from a\ncopy to n\n", false, "644 a, 644 d/b, 644 n");
	makes(tree, "diff --git a/a b/a\ndeleted file mode 100644\n", false,
	      "no: a: is deleted, but has more lines than the diff");
	makes(tree, "nothing\n", false, "no: : there is no diff in it");
}

/* The index lines name blobs that this tree has, or that nobody has. */
static void index_lines_are_used(void **state)
{
	const char *tree, *deleted;

	(void)state;
	CHANGED(NULL, { "a", "1\n2\n3\n4\n5\n6\n7\n8\n" });
	tree = CHANGED(NULL, { "a", "0\n2\n3\n4\n5\n6\n7\n8\n" });
	deleted = CHANGED(NULL, { "b", "1\n2\n3\n4\n5\n6\n7\n8\n" });
#define HUNK "--- a/a\n+++ b/a\n@@ -1,8 +1,8 @@\n 1\n 2\n 3\n 4\n 5\n 6\n-7\n+X\n 8\n"
	makes(tree, "diff --git a/a b/a\nindex 535d2b0..1 100644\n" HUNK, true, "644 a");
	makes(deleted, "diff --git a/a b/a\nindex 535d2b0..1 100755\n" HUNK, true, "644 b");
	makes(tree, "diff --git a/a b/a\nindex 535d2b0..1 100644\n" HUNK, false,
	      "no: a: hunk 1 of 1 does not fit at the beginning of the file");
	makes(tree, "diff --git a/a b/a\nindex 1234567..1 100644\n" HUNK, true,
	      "no: a: hunk 1 of 1 does not fit at the beginning of the file; 3-way: the repository "
	      "lacks blob 1234567 of a");
	makes(tree, HUNK, true,
	      "no: a: hunk 1 of 1 does not fit at the beginning of the file; 3-way: the diff has "
	      "no index line for a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nearest_wins),
		cmocka_unit_test(ends_are_ends),
		cmocka_unit_test(written_lines_are_no_context),
		cmocka_unit_test(line_ends),
		cmocka_unit_test(hunks_that_are_none),
		cmocka_unit_test(work_is_bounded),
		cmocka_unit_test(trees_are_written),
		cmocka_unit_test(directories_come_and_go),
		cmocka_unit_test(bad_trees_are_errors),
		cmocka_unit_test(written_can_be_forgotten),
		cmocka_unit_test(patches_apply_as_a_whole),
		cmocka_unit_test(index_lines_are_used),
	};

	return cmocka_run_group_tests(tests, open_repo, close_repo);
}

// SPDX-License-Identifier: GPL-2.0-only
/* tree: files of a directory, with the root they belong to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/mem.h"
#include "tree/snapshot.h"

static char *at(const char *dir, const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

static void put(const char *dir, const char *name, const char *text)
{
	char *path = at(dir, name), *parent = xstrdup(path);
	struct err err = ERR_INIT;

	*strrchr(parent, '/') = '\0';
	assert_int_equal(make_dirs(parent, &err), 0);
	assert_int_equal(file_write(path, text, strlen(text), &err), 0);
	free(parent);
	free(path);
}

static void put_link(const char *dir, const char *to, const char *name)
{
	char *path = at(dir, name);

	assert_int_equal(symlink(to, path), 0);
	free(path);
}

static int make_tree(void **state)
{
	struct err err = ERR_INIT;
	char *dir, *real;

	if (tmpdir_make(&dir, &err))
		return -1;
	put(dir, "Kbuild", "");
	put(dir, "MAINTAINERS", "");
	put(dir, "arch/b.c", "b");
	put(dir, "arch/a.c", "a");
	put(dir, "arch/sub/c.c", "c");
	put(dir, "arch-x/d.c", "d");
	put(dir, ".git/e.c", "e");
	put(dir, "deep/.git/f.c", "f");
	put(dir, "deep/sub/Kconfig", "");
	put_link(dir, "b.c", "arch/link.c");
	put_link(dir, "../arch", "arch-x/link");
	put_link(dir, "nowhere", "arch/broken.c");
	real = at(dir, "arch/fifo.c");
	if (mkfifo(real, 0600))
		return -1;
	free(real);
	*state = dir;
	return 0;
}

static int drop_tree(void **state)
{
	tmpdir_remove(*state);
	free(*state);
	return 0;
}

static bool any(void *ctx, const char *path)
{
	(void)ctx;
	(void)path;
	return true;
}

static bool no_sub(void *ctx, const char *path)
{
	(void)ctx;
	return strcmp(path, "arch/sub") != 0;
}

static bool only_c(void *ctx, const char *path)
{
	(void)ctx;
	return strstr(path, ".c") != NULL;
}

static void lists(const char *dir, const char *below, bool (*enter)(void *, const char *),
		  const char *expected)
{
	struct snapshot_filter filter = { enter, only_c, NULL };
	char *path = at(dir, below), *real = realpath(dir, NULL);
	struct buf got = BUF_INIT;
	struct err err = ERR_INIT;
	struct snapshot snap;

	assert_int_equal(snapshot_init_dir(&snap, path, &err), 0);
	assert_string_equal(snap.root, real);
	assert_int_equal(snapshot_list(&snap, &filter, &err), 0);
	buf_adds(&got, "");
	for (size_t i = 0; i < snap.n; i++)
		buf_addf(&got, "%s%s", i ? " " : "", snap.files[i].path);
	assert_string_equal(got.p, expected);
	snapshot_release(&snap);
	buf_release(&got);
	free(real);
	free(path);
}

static void files_are_listed_in_order(void **state)
{
	lists(*state, "", any, "arch-x/d.c arch/a.c arch/b.c arch/sub/c.c");
	lists(*state, ".", no_sub, "arch-x/d.c arch/a.c arch/b.c");
}

static void root_is_found_from_below(void **state)
{
	lists(*state, "arch-x", any, "arch-x/d.c");
	lists(*state, "arch/sub", any, "arch/sub/c.c");
	lists(*state, "arch/sub/../", any, "arch/a.c arch/b.c arch/sub/c.c");
	lists(*state, "arch/b.c", any, "arch/b.c");
	lists(*state, "arch/link.c", any, "arch/b.c");
}

static void without_a_root_the_directory_is_it(void **state)
{
	char *dir, *path, *real;
	struct err err = ERR_INIT;
	struct snapshot snap;

	(void)state;
	assert_int_equal(tmpdir_make(&dir, &err), 0);
	put(dir, "x/y.c", "y");
	path = at(dir, "x");
	real = realpath(path, NULL);
	assert_int_equal(snapshot_init_dir(&snap, path, &err), 0);
	assert_string_equal(snap.root, real);
	assert_string_equal(snap.prefix, "");
	snapshot_release(&snap);
	free(path);
	path = at(dir, "x/y.c");
	assert_int_equal(snapshot_init_dir(&snap, path, &err), 0);
	assert_string_equal(snap.root, real);
	assert_string_equal(snap.prefix, "y.c");
	snapshot_release(&snap);
	tmpdir_remove(dir);
	free(path);
	free(real);
	free(dir);
}

static void a_repository_is_a_root(void **state)
{
	char *deep = at(*state, "deep"), *sub = at(*state, "deep/sub"), *real;
	struct err err = ERR_INIT;
	struct snapshot snap;

	real = realpath(deep, NULL);
	assert_int_equal(snapshot_init_dir(&snap, sub, &err), 0);
	assert_string_equal(snap.root, real);
	assert_string_equal(snap.prefix, "sub");
	snapshot_release(&snap);
	free(deep);
	free(sub);
	free(real);
}

static int read_file(const char *dir, const char *name, char *first, struct err *err)
{
	struct snapshot_file file = { .path = (char *)(uintptr_t)name };
	struct reader *reader;
	struct snapshot snap;
	const char *p;
	size_t len;
	int rc;

	*first = '\0';
	assert_int_equal(snapshot_init_dir(&snap, dir, err), 0);
	assert_int_equal(reader_open(&reader, &snap, err), 0);
	rc = reader_read(reader, &file, &p, &len, err);
	if (!rc && len)
		*first = *p;
	reader_close(reader);
	snapshot_release(&snap);
	return rc;
}

static void contents_are_read(void **state)
{
	struct err err = ERR_INIT;
	char c;

	put(*state, "empty.c", "");
	assert_int_equal(read_file(*state, "arch/b.c", &c, &err), 0);
	assert_int_equal(c, 'b');
	assert_int_equal(read_file(*state, "empty.c", &c, &err), 0);
	assert_int_equal(c, '\0');
}

static void what_is_no_file_is_an_error(void **state)
{
	static const char *const names[] = { "arch/link.c", "arch/broken.c", "arch/fifo.c", "arch",
					     "arch/none.c" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct err err = ERR_INIT;
		char c;

		assert_int_equal(read_file(*state, names[i], &c, &err), -1);
		assert_non_null(strstr(err.text, names[i]));
		err_release(&err);
	}
}

static void large_file_is_told(void **state)
{
	char *path = at(*state, "large.c");
	struct err err = ERR_INIT;
	char c;

	put(*state, "large.c", "");
	assert_int_equal(truncate(path, (off_t)READER_MAX), 0);
	assert_int_equal(read_file(*state, "large.c", &c, &err), 0);
	assert_int_equal(truncate(path, (off_t)READER_MAX + 1), 0);
	assert_int_equal(read_file(*state, "large.c", &c, &err), 1);
	assert_null(err.text);
	free(path);
}

static void missing_directory_is_an_error(void **state)
{
	char *path = at(*state, "none"), *fifo = at(*state, "arch/fifo.c");
	struct err err = ERR_INIT;
	struct snapshot snap;

	assert_int_equal(snapshot_init_dir(&snap, path, &err), -1);
	assert_non_null(strstr(err.text, path));
	assert_int_equal(snapshot_init_dir(&snap, fifo, &err), -1);
	assert_non_null(strstr(err.text, "neither a directory nor a regular file"));
	err_release(&err);
	free(path);
	free(fifo);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, make_tree, drop_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(files_are_listed_in_order),          TEST(contents_are_read),
		TEST(without_a_root_the_directory_is_it), TEST(a_repository_is_a_root),
		TEST(what_is_no_file_is_an_error),        TEST(large_file_is_told),
		TEST(missing_directory_is_an_error),      TEST(root_is_found_from_below),
	};

	return cmocka_run_group_tests_name("snapshot", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/* base: buf, strv, err, files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/strv.h"

static void buf_grows(void **state)
{
	struct buf buf = BUF_INIT;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_addf(&buf, "%d,", i % 10);
	assert_int_equal(buf.len, 2000);
	assert_int_equal(strlen(buf.p), 2000);
	assert_false(buf.over);
	assert_memory_equal(buf.p + 1990, "5,6,7,8,9,", 10);
	buf_clear(&buf);
	assert_string_equal(buf.p, "");
	buf_release(&buf);
	assert_null(buf.p);
}

static void buf_stops_at_maximum(void **state)
{
	struct buf buf = BUF_INIT_MAX(5);

	(void)state;
	buf_adds(&buf, "abc");
	assert_false(buf.over);
	buf_adds(&buf, "de");
	assert_false(buf.over);
	buf_addc(&buf, 'f');
	assert_true(buf.over);
	assert_string_equal(buf.p, "abcde");
	buf_clear(&buf);
	assert_false(buf.over);
	buf_adds(&buf, "0123456789");
	assert_true(buf.over);
	assert_string_equal(buf.p, "01234");
	buf_release(&buf);
}

static void buf_holds_any_byte(void **state)
{
	struct buf buf = BUF_INIT;
	char *p;

	(void)state;
	buf_add(&buf, "a\0b", 3);
	assert_int_equal(buf.len, 3);
	assert_memory_equal(buf.p, "a\0b", 4);
	p = buf_detach(&buf);
	assert_null(buf.p);
	assert_int_equal(buf.len, 0);
	free(p);
	p = buf_detach(&buf);
	assert_string_equal(p, "");
	free(p);
}

static void strv_sorts(void **state)
{
	struct strv sv = STRV_INIT;

	(void)state;
	assert_false(strv_has(&sv, "a"));
	strv_sort(&sv, true);
	for (int i = 0; i < 20; i++)
		strv_take(&sv, xasprintf("%c", 'z' - i % 5));
	assert_int_equal(sv.n, 20);
	assert_null(sv.v[20]);
	strv_sort(&sv, true);
	assert_int_equal(sv.n, 5);
	assert_null(sv.v[5]);
	assert_string_equal(sv.v[0], "v");
	assert_string_equal(sv.v[4], "z");
	assert_true(strv_has(&sv, "x"));
	assert_false(strv_has(&sv, "a"));
	strv_add(&sv, "a");
	strv_sort(&sv, false);
	assert_string_equal(sv.v[0], "a");
	strv_release(&sv);
	assert_int_equal(sv.n, 0);
}

static void err_keeps_status_and_context(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	assert_int_equal(err_set(&err, "first %d", 1), -1);
	assert_int_equal(err.status, STATUS_USAGE);
	assert_int_equal(err_status(&err, STATUS_INCOMPLETE, "second"), -1);
	assert_string_equal(err.text, "second");
	assert_int_equal(err_context(&err, "file %s", "x"), -1);
	assert_string_equal(err.text, "file x: second");
	assert_int_equal(err.status, STATUS_INCOMPLETE);
	err_release(&err);
	assert_null(err.text);
	assert_int_equal(err.status, STATUS_OK);
	err_context(&err, "alone");
	assert_int_equal(err.status, STATUS_USAGE);
	assert_non_null(err.text);
	err_release(&err);
}

static int make_tmp(void **state)
{
	struct err err = ERR_INIT;
	char *dir;

	if (tmpdir_make(&dir, &err))
		return -1;
	*state = dir;
	return 0;
}

static int drop_tmp(void **state)
{
	tmpdir_remove(*state);
	free(*state);
	return 0;
}

static size_t count_entries(const char *path)
{
	DIR *dir = opendir(path);
	size_t n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

static void dirs_are_made(void **state)
{
	char *path = xasprintf("%s/a/b//c", (char *)*state);
	char *file = xasprintf("%s/f", (char *)*state), *below = xasprintf("%s/d", file);
	struct err err = ERR_INIT;
	struct stat st;

	assert_int_equal(make_dirs(path, &err), 0);
	assert_int_equal(make_dirs(path, &err), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	assert_int_equal(file_write(file, "", 0, &err), 0);
	assert_int_equal(make_dirs(below, &err), -1);
	assert_non_null(strstr(err.text, below));
	assert_int_equal(make_dirs(file, &err), -1);
	assert_non_null(strstr(err.text, file));
	err_release(&err);
	free(path);
	free(file);
	free(below);
}

static void file_is_written_whole(void **state)
{
	char *path = xasprintf("%s/out", (char *)*state);
	struct buf buf = BUF_INIT;
	struct err err = ERR_INIT;

	assert_int_equal(file_write(path, "one\0two", 7, &err), 0);
	assert_int_equal(buf_read_file(&buf, path, &err), 0);
	assert_int_equal(buf.len, 7);
	assert_memory_equal(buf.p, "one\0two", 8);
	assert_int_equal(file_write(path, "3", 1, &err), 0);
	buf_clear(&buf);
	assert_int_equal(buf_read_file(&buf, path, &err), 0);
	assert_string_equal(buf.p, "3");
	assert_int_equal(count_entries(*state), 1);
	buf_release(&buf);
	free(path);
}

static void failed_write_leaves_nothing(void **state)
{
	char *path = xasprintf("%s/dir", (char *)*state), *none = xasprintf("%s/no/f", path);
	struct err err = ERR_INIT;

	/* A directory in its place: the rename fails, and the temporary file goes. */
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(file_write(path, "x", 1, &err), -1);
	assert_non_null(strstr(err.text, path));
	assert_int_equal(count_entries(*state), 1);
	assert_int_equal(file_write(none, "x", 1, &err), -1);
	assert_non_null(strstr(err.text, none));
	assert_int_equal(count_entries(path), 0);
	err_release(&err);
	free(path);
	free(none);
}

static void reading_has_limits(void **state)
{
	char *path = xasprintf("%s/in", (char *)*state);
	struct buf small = BUF_INIT_MAX(3), exact = BUF_INIT_MAX(4), any = BUF_INIT;
	struct err err = ERR_INIT;

	assert_int_equal(buf_read_file(&any, path, &err), -1);
	assert_non_null(strstr(err.text, path));
	assert_int_equal(buf_read_file(&any, *state, &err), -1);
	assert_int_equal(file_write(path, "1234", 4, &err), 0);
	assert_int_equal(buf_read_file(&small, path, &err), -1);
	assert_non_null(strstr(err.text, path));
	assert_int_equal(buf_read_file(&exact, path, &err), 0);
	assert_string_equal(exact.p, "1234");
	err_release(&err);
	buf_release(&small);
	buf_release(&exact);
	buf_release(&any);
	free(path);
}

static void private_dir_goes_with_its_contents(void **state)
{
	struct err err = ERR_INIT;
	char *dir, *below, *link;
	struct stat st;

	assert_int_equal(tmpdir_make(&dir, &err), 0);
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	below = xasprintf("%s/a/b", dir);
	link = xasprintf("%s/link", dir);
	assert_int_equal(make_dirs(below, &err), 0);
	assert_int_equal(symlink(*state, link), 0);
	tmpdir_remove(dir);
	assert_int_equal(lstat(dir, &st), -1);
	assert_int_equal(lstat(*state, &st), 0);
	tmpdir_remove(NULL);
	free(below);
	free(link);
	free(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(buf_grows),
		cmocka_unit_test(buf_stops_at_maximum),
		cmocka_unit_test(buf_holds_any_byte),
		cmocka_unit_test(strv_sorts),
		cmocka_unit_test(err_keeps_status_and_context),
		cmocka_unit_test_setup_teardown(dirs_are_made, make_tmp, drop_tmp),
		cmocka_unit_test_setup_teardown(file_is_written_whole, make_tmp, drop_tmp),
		cmocka_unit_test_setup_teardown(failed_write_leaves_nothing, make_tmp, drop_tmp),
		cmocka_unit_test_setup_teardown(reading_has_limits, make_tmp, drop_tmp),
		cmocka_unit_test_setup_teardown(private_dir_goes_with_its_contents, make_tmp,
						drop_tmp),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}

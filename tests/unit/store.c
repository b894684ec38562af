// SPDX-License-Identifier: GPL-2.0-only
/* store: the cache file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/mem.h"
#include "store/store.h"

struct place {
	char *dir, *path;
};

static int make_place(void **state)
{
	struct place *p = xcalloc(1, sizeof(*p));
	struct err err = ERR_INIT;

	if (tmpdir_make(&p->dir, &err))
		return -1;
	p->path = xasprintf("%s/below/cache.db", p->dir);
	*state = p;
	return 0;
}

static int drop_place(void **state)
{
	struct place *p = *state;

	tmpdir_remove(p->dir);
	free(p->dir);
	free(p->path);
	free(p);
	return 0;
}

/* Open it; whether there was a warning. */
static bool open_store(const struct place *p, struct store **s)
{
	struct err err = ERR_INIT;
	char *warning;
	bool warned;

	assert_int_equal(store_open(s, p->path, &warning, &err), 0);
	warned = warning != NULL;
	if (warned)
		assert_non_null(strstr(warning, p->path));
	free(warning);
	return warned;
}

static bool close_store(struct store *s)
{
	char *warning;
	bool warned;

	store_close(s, &warning);
	warned = warning != NULL;
	free(warning);
	return warned;
}

static bool has(struct store *s, const char *kind, const char *key, const char *value)
{
	struct buf buf = BUF_INIT;
	bool yes = store_get(s, kind, key, &buf) == 1 && !strcmp(buf.p, value);

	buf_release(&buf);
	return yes;
}

static bool has_none(struct store *s, const char *kind, const char *key)
{
	struct buf buf = BUF_INIT;
	bool none = store_get(s, kind, key, &buf) == 0;

	buf_release(&buf);
	return none;
}

static void write_entries(const struct place *p)
{
	struct store *s;

	assert_false(open_store(p, &s));
	store_put(s, "result", "one", "first value", 11);
	store_put(s, "result", "two", "second value", 12);
	store_put(s, "other", "one", "third value", 11);
	assert_false(close_store(s));
}

/* How many files of the directory have names that begin so. */
static size_t count_files(const struct place *p, const char *prefix)
{
	char *dir = xasprintf("%s/below", p->dir);
	DIR *d = opendir(dir);
	struct dirent *de;
	size_t n = 0;

	assert_non_null(d);
	while ((de = readdir(d)))
		n += !strncmp(de->d_name, prefix, strlen(prefix));
	closedir(d);
	free(dir);
	return n;
}

static void entries_are_kept(void **state)
{
	struct store *s;

	write_entries(*state);
	assert_false(open_store(*state, &s));
	assert_true(has(s, "result", "one", "first value"));
	assert_true(has(s, "result", "two", "second value"));
	assert_true(has(s, "other", "one", "third value"));
	assert_true(has_none(s, "other", "two"));
	assert_true(has_none(s, "result", "on"));
	store_put(s, "result", "one", "new", 3);
	store_put(s, "result", "empty", "", 0);
	assert_false(close_store(s));
	assert_false(open_store(*state, &s));
	assert_true(has(s, "result", "one", "new"));
	assert_true(has(s, "result", "empty", ""));
	assert_false(close_store(s));
}

static void change_file(const struct place *p, const char *from, char to)
{
	struct buf file = BUF_INIT;
	struct err err = ERR_INIT;
	char *at;

	assert_int_equal(buf_read_file(&file, p->path, &err), 0);
	at = memmem(file.p, file.len, from, strlen(from));
	assert_non_null(at);
	*at = to;
	assert_int_equal(file_write(p->path, file.p, file.len, &err), 0);
	buf_release(&file);
}

static void flipped_byte_is_no_answer(void **state)
{
	struct store *s;

	write_entries(*state);
	change_file(*state, "first value", 'F');
	assert_false(open_store(*state, &s));
	assert_true(has_none(s, "result", "one"));
	assert_true(close_store(s));
	assert_int_equal(count_files(*state, "cache.db.damaged-"), 1);
	assert_false(open_store(*state, &s));
	assert_true(has_none(s, "result", "two"));
	assert_false(close_store(s));
}

static void set_aside_and_go_on(const struct place *p)
{
	struct store *s;

	assert_true(open_store(p, &s));
	assert_true(has_none(s, "result", "one"));
	store_put(s, "result", "one", "again", 5);
	assert_false(close_store(s));
	assert_int_equal(count_files(p, "cache.db.damaged-"), 1);
	assert_false(open_store(p, &s));
	assert_true(has(s, "result", "one", "again"));
	assert_false(close_store(s));
}

static void text_file_is_set_aside(void **state)
{
	const struct place *p = *state;
	struct err err = ERR_INIT;
	char text[4096];

	write_entries(*state);
	memset(text, 'x', sizeof(text));
	assert_int_equal(file_write(p->path, text, sizeof(text), &err), 0);
	set_aside_and_go_on(p);
}

static void truncated_file_is_no_answer(void **state)
{
	const struct place *p = *state;
	struct buf file = BUF_INIT;
	struct err err = ERR_INIT;
	struct store *s;

	write_entries(p);
	assert_int_equal(buf_read_file(&file, p->path, &err), 0);
	/* At any length: never a wrong value, and in the end a store that works. */
	for (size_t n = 0; n < file.len; n += 509) {
		char *warning;

		assert_int_equal(file_write(p->path, file.p, n, &err), 0);
		if (store_open(&s, p->path, &warning, &err)) {
			err_release(&err);
			free(warning);
			continue;
		}
		free(warning);
		assert_true(has_none(s, "result", "one") || has(s, "result", "one", "first value"));
		assert_true(has_none(s, "result", "two") ||
			    has(s, "result", "two", "second value"));
		close_store(s);
	}
	buf_release(&file);
}

static void foreign_database_is_kept(void **state)
{
	const struct place *p = *state;
	char *dir = xasprintf("%s/below", p->dir);
	struct err err = ERR_INIT;
	sqlite3 *db;

	assert_int_equal(make_dirs(dir, &err), 0);
	assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "CREATE TABLE mine (a); INSERT INTO mine VALUES (42);",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	set_aside_and_go_on(p);
	free(dir);
}

static void other_format_is_set_aside(void **state)
{
	const struct place *p = *state;
	sqlite3 *db;

	write_entries(p);
	assert_int_equal(sqlite3_open(p->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	set_aside_and_go_on(p);
}

static void two_handles_share_a_file(void **state)
{
	struct store *a, *b;

	assert_false(open_store(*state, &a));
	assert_false(open_store(*state, &b));
	store_put(a, "result", "a", "from a", 6);
	store_put(b, "result", "b", "from b", 6);
	store_put(a, "result", "both", "same", 4);
	store_put(b, "result", "both", "same", 4);
	assert_false(close_store(a));
	assert_true(has(b, "result", "a", "from a"));
	assert_false(close_store(b));
	assert_false(open_store(*state, &a));
	assert_true(has(a, "result", "a", "from a"));
	assert_true(has(a, "result", "b", "from b"));
	assert_true(has(a, "result", "both", "same"));
	assert_false(close_store(a));
	assert_int_equal(count_files(*state, "cache.db.damaged-"), 0);
}

static void unusable_place_is_an_error(void **state)
{
	const struct place *p = *state;
	struct place inside = { p->dir, xasprintf("%s/file/cache.db", p->dir) };
	char *file = xasprintf("%s/file", p->dir), *warning;
	struct err err = ERR_INIT;
	struct store *s;

	assert_int_equal(file_write(file, "x", 1, &err), 0);
	assert_int_equal(store_open(&s, inside.path, &warning, &err), -1);
	assert_non_null(strstr(err.text, inside.path));
	err_release(&err);
	free(warning);
	free(file);
	free(inside.path);
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, make_place, drop_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(entries_are_kept),         TEST(flipped_byte_is_no_answer),
		TEST(text_file_is_set_aside),   TEST(truncated_file_is_no_answer),
		TEST(foreign_database_is_kept), TEST(other_format_is_set_aside),
		TEST(two_handles_share_a_file), TEST(unusable_place_is_an_error),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}

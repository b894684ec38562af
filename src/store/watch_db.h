/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file of watch_state.h: made, checked, locked, and SQL run on it.  The
 * first failure sticks: what comes after it does nothing, and watch_db_end()
 * rolls back and tells it.  Only watch_state.c uses this.
 */
#ifndef STORE_WATCH_DB_H
#define STORE_WATCH_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct watch_db {
	sqlite3 *sql;
	char *path;
	int rc;     /* of the first failure, SQLITE_OK */
	char *text; /* what SQLite says of it */
};

/* Open DIR/watch.db, made with its directories when absent. */
int watch_db_open(struct watch_db *db, const char *dir, struct err *err)
	__attribute__((warn_unused_result));

void watch_db_close(struct watch_db *db);

/* Lock a file beside it until *fd is closed; STATUS_TEMPFAIL when another process has it. */
int watch_db_lock(const struct watch_db *db, int64_t number, int *fd, struct err *err)
	__attribute__((warn_unused_result));

/* A transaction that writes; end it with watch_db_end(), which commits unless something failed. */
void watch_db_begin(struct watch_db *db);
int watch_db_end(struct watch_db *db, struct err *err) __attribute__((warn_unused_result));

/* The same for what only reads. */
int watch_db_check(struct watch_db *db, struct err *err) __attribute__((warn_unused_result));

/*
 * A statement with its values: TYPES has a letter for each, 'i' an int64_t, 't' a
 * const char * (NULL is NULL).  NULL after a failure.
 */
sqlite3_stmt *watch_db_query(struct watch_db *db, const char *sql, const char *types, ...);

/* The next row, or false, with the statement freed. */
bool watch_db_step(struct watch_db *db, sqlite3_stmt *st);

/* A statement without rows. */
void watch_db_run(struct watch_db *db, const char *sql, const char *types, ...);

/* The first column of the first row; 0 when there is none. */
int64_t watch_db_number(struct watch_db *db, const char *sql, const char *types, ...);

/* A copy of a column's text; NULL for NULL.  The caller frees it. */
char *watch_db_text(sqlite3_stmt *st, int column);

#endif

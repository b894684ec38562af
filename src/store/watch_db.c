// SPDX-License-Identifier: GPL-2.0-only
#include "watch_db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

#define APPLICATION_ID 0x49435257 /* "ICRW" */
#define FORMAT 1
#define BUSY_MS 20000

static const char schema[] =
	"BEGIN IMMEDIATE;"
	"CREATE TABLE watch (id INTEGER PRIMARY KEY, archive TEXT NOT NULL, query TEXT NOT NULL,"
	" repo TEXT NOT NULL, cursor INTEGER NOT NULL DEFAULT 0,"
	" UNIQUE (archive, query, repo));"
	"CREATE TABLE series (id INTEGER PRIMARY KEY, watch INTEGER NOT NULL);"
	"CREATE TABLE name (watch INTEGER, name TEXT, series INTEGER NOT NULL,"
	" PRIMARY KEY (watch, name)) WITHOUT ROWID;"
	"CREATE TABLE posting (id INTEGER PRIMARY KEY, watch INTEGER NOT NULL, series INTEGER,"
	" message_id TEXT NOT NULL, date INTEGER NOT NULL, todo INTEGER NOT NULL DEFAULT 1,"
	" begun INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,"
	" round INTEGER NOT NULL DEFAULT 0, revision INTEGER, complete INTEGER, whole INTEGER,"
	" digest TEXT, findings TEXT);"
	"CREATE INDEX posting_todo ON posting (watch) WHERE todo;"
	"CREATE INDEX posting_series ON posting (series);"
	"CREATE TABLE mail (watch INTEGER, message_id TEXT, posting INTEGER NOT NULL,"
	" PRIMARY KEY (watch, message_id)) WITHOUT ROWID;"
	"CREATE INDEX mail_posting ON mail (posting);"
	"CREATE TABLE result (id INTEGER PRIMARY KEY AUTOINCREMENT, watch INTEGER NOT NULL,"
	" created INTEGER NOT NULL, delivery TEXT NOT NULL, name TEXT NOT NULL,"
	" subject TEXT NOT NULL, reply_to TEXT, text TEXT NOT NULL, json TEXT NOT NULL);"
	"PRAGMA application_id = 1229148759;"
	"PRAGMA user_version = 1;"
	"COMMIT;";

static void fail(struct watch_db *db, int rc)
{
	if (db->rc)
		return;
	db->rc = rc;
	db->text = xstrdup(db->sql ? sqlite3_errmsg(db->sql) : sqlite3_errstr(rc));
}

int watch_db_check(struct watch_db *db, struct err *err)
{
	switch (db->rc & 0xff) {
	case SQLITE_OK:
		return 0;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_status(err, STATUS_TEMPFAIL,
				  "the watch state %s is in use by another run; try again",
				  db->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(err,
			       "the watch state %s is damaged (%s); bring back a copy of it, or "
			       "move it away to begin anew ('mv %s %s.damaged'): the series of "
			       "the last days are then told again",
			       db->path, db->text, db->path, db->path);
	default:
		return err_set(err, "cannot use the watch state %s: %s", db->path, db->text);
	}
}

static sqlite3_stmt *query(struct watch_db *db, const char *sql, const char *types, va_list ap)
{
	sqlite3_stmt *st = NULL;
	int rc;

	if (db->rc)
		return NULL;
	rc = sqlite3_prepare_v2(db->sql, sql, -1, &st, NULL);
	for (int i = 0; !rc && types[i]; i++) {
		if (types[i] == 'i')
			rc = sqlite3_bind_int64(st, i + 1, va_arg(ap, int64_t));
		else
			rc = sqlite3_bind_text(st, i + 1, va_arg(ap, const char *), -1,
					       SQLITE_TRANSIENT);
	}
	if (!rc)
		return st;
	fail(db, rc);
	sqlite3_finalize(st);
	return NULL;
}

bool watch_db_step(struct watch_db *db, sqlite3_stmt *st)
{
	int rc = st ? sqlite3_step(st) : SQLITE_DONE;

	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		fail(db, rc);
	sqlite3_finalize(st);
	return false;
}

sqlite3_stmt *watch_db_query(struct watch_db *db, const char *sql, const char *types, ...)
{
	sqlite3_stmt *st;
	va_list ap;

	va_start(ap, types);
	st = query(db, sql, types, ap);
	va_end(ap);
	return st;
}

void watch_db_run(struct watch_db *db, const char *sql, const char *types, ...)
{
	va_list ap;

	va_start(ap, types);
	watch_db_step(db, query(db, sql, types, ap));
	va_end(ap);
}

int64_t watch_db_number(struct watch_db *db, const char *sql, const char *types, ...)
{
	sqlite3_stmt *st;
	int64_t number = 0;
	va_list ap;

	va_start(ap, types);
	st = query(db, sql, types, ap);
	va_end(ap);
	while (watch_db_step(db, st))
		number = sqlite3_column_int64(st, 0);
	return number;
}

char *watch_db_text(sqlite3_stmt *st, int column)
{
	const void *text = sqlite3_column_text(st, column);

	return text ? xstrdup(text) : NULL;
}

static void run(struct watch_db *db, const char *sql)
{
	int rc = db->rc ? SQLITE_OK : sqlite3_exec(db->sql, sql, NULL, NULL, NULL);

	if (rc)
		fail(db, rc);
}

void watch_db_begin(struct watch_db *db)
{
	run(db, "BEGIN IMMEDIATE");
}

int watch_db_end(struct watch_db *db, struct err *err)
{
	int rc;

	run(db, "COMMIT");
	if (!db->rc)
		return 0;
	sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
	rc = watch_db_check(db, err);
	free(db->text);
	db->text = NULL;
	db->rc = SQLITE_OK;
	return rc;
}

static void open_file(struct watch_db *db, const char *path, int flags)
{
	int rc = sqlite3_open_v2(path, &db->sql, flags | SQLITE_OPEN_FULLMUTEX, NULL);

	if (rc)
		fail(db, rc);
	else
		sqlite3_busy_timeout(db->sql, BUSY_MS);
}

/*
 * Made under another name and renamed, so that a file of that name is never
 * empty: an empty one is damaged.
 */
static int create(struct watch_db *db, const char *path, struct err *err)
{
	char *name = xasprintf("%s.new", path);
	int rc;

	unlink(name);
	open_file(db, name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	run(db, schema);
	rc = watch_db_check(db, err);
	sqlite3_close(db->sql);
	db->sql = NULL;
	if (!rc && rename(name, path))
		rc = err_set(err, "cannot make the watch state %s: %s", path, strerror(errno));
	free(name);
	return rc;
}

static int open_lock(const char *path, const char *suffix, struct err *err)
{
	char *name = xasprintf("%s%s", path, suffix);
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	if (fd < 0)
		err_set(err, "cannot open %s: %s", name, strerror(errno));
	free(name);
	return fd;
}

/* One run makes it, others wait for that. */
static int create_once(struct watch_db *db, struct err *err)
{
	int fd = open_lock(db->path, ".lock", err), rc = fd < 0 ? -1 : 0;

	while (!rc && flock(fd, LOCK_EX) && errno == EINTR)
		;
	if (!rc && access(db->path, F_OK))
		rc = create(db, db->path, err);
	if (fd >= 0)
		close(fd);
	return rc;
}

static void check_file(struct watch_db *db)
{
	sqlite3_stmt *st;
	char *text = NULL;

	if (watch_db_number(db, "PRAGMA application_id", "") != APPLICATION_ID ||
	    watch_db_number(db, "PRAGMA user_version", "") != FORMAT) {
		if (!db->rc) {
			db->rc = SQLITE_NOTADB;
			db->text = xstrdup("not a watch state of this icrfix");
		}
		return;
	}
	st = watch_db_query(db, "PRAGMA quick_check(1)", "");
	while (watch_db_step(db, st)) {
		free(text);
		text = watch_db_text(st, 0);
	}
	if (!db->rc && (!text || strcmp(text, "ok") != 0)) {
		db->rc = SQLITE_CORRUPT;
		db->text = xstrdup(text ? text : "no answer");
	}
	free(text);
}

int watch_db_open(struct watch_db *db, const char *dir, struct err *err)
{
	*db = (struct watch_db){ .path = xasprintf("%s/watch.db", dir) };
	if (make_dirs(dir, err) || (access(db->path, F_OK) && create_once(db, err)))
		return -1;
	open_file(db, db->path, SQLITE_OPEN_READWRITE);
	if (!db->rc)
		check_file(db);
	return watch_db_check(db, err);
}

void watch_db_close(struct watch_db *db)
{
	sqlite3_close(db->sql);
	free(db->path);
	free(db->text);
	*db = (struct watch_db){ .sql = NULL };
}

int watch_db_lock(const struct watch_db *db, int64_t number, int *fd, struct err *err)
{
	char *suffix = xasprintf("-%lld.lock", (long long)number);

	*fd = open_lock(db->path, suffix, err);
	free(suffix);
	if (*fd < 0)
		return -1;
	if (!flock(*fd, LOCK_EX | LOCK_NB))
		return 0;
	if (errno == EWOULDBLOCK)
		err_status(err, STATUS_TEMPFAIL,
			   "another run of this watch is at work (it has locked %s-%lld.lock)",
			   db->path, (long long)number);
	else
		err_set(err, "cannot lock %s-%lld.lock: %s", db->path, (long long)number,
			strerror(errno));
	close(*fd);
	*fd = -1;
	return -1;
}

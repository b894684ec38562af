// SPDX-License-Identifier: GPL-2.0-only
#include "store.h"

#include <errno.h>
#include <pthread.h>
#include <search.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "base/mem.h"

#define APPLICATION_ID 0x49435246 /* "ICRF" */
#define FORMAT 1
#define BUSY_MS 10000 /* others write for milliseconds, but on a busy disk for longer */

/* An entry of this run: found from now on, written by store_close(). */
struct pending {
	char *kind, *key;
	char *value;
	size_t len;
};

struct store {
	sqlite3 *db; /* NULL: only what this run puts in */
	sqlite3_stmt *get;
	pthread_mutex_t lock;
	struct pending **pending;
	size_t n, cap;
	void *index; /* search tree of the same */
	char *path;
	bool damaged;
};

static int64_t checksum(const char *kind, const char *key, const void *p, size_t n)
{
	uLong c = crc32(0, (const Bytef *)kind, (uInt)strlen(kind) + 1);

	c = crc32(c, (const Bytef *)key, (uInt)strlen(key) + 1);
	return (int64_t)crc32_z(c, p, n);
}

/* The directories above a file; whether they are there shows when it is opened. */
static void make_parents(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash && slash > path ? xstrndup(path, (size_t)(slash - path)) : NULL;
	struct err err = ERR_INIT;

	if (dir && make_dirs(dir, &err))
		err_release(&err);
	free(dir);
}

static int pragma_value(sqlite3 *db, const char *sql, int *value)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);

	if (rc)
		return rc;
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		*value = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

/* All from one state: another run may be making the file at this moment. */
static int identify(sqlite3 *db, int *id, int *version, int *tables)
{
	int rc = sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);

	if (!rc)
		rc = pragma_value(db, "SELECT count(*) FROM sqlite_master", tables);
	if (!rc)
		rc = pragma_value(db, "PRAGMA application_id", id);
	if (!rc)
		rc = pragma_value(db, "PRAGMA user_version", version);
	sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	return rc;
}

static const char schema[] =
	"BEGIN IMMEDIATE;"
	"CREATE TABLE IF NOT EXISTS entry (kind TEXT, key TEXT, value BLOB, sum INTEGER,"
	" PRIMARY KEY (kind, key)) WITHOUT ROWID;"
	"PRAGMA application_id = 1229148742;"
	"PRAGMA user_version = 1;"
	"COMMIT;";

/* SQLITE_OK, SQLITE_BUSY and the like, or SQLITE_NOTADB for a file that is not ours. */
static int prepare(struct store *s)
{
	int id = 0, version = 0, tables = 0, rc;

	sqlite3_busy_timeout(s->db, BUSY_MS);
	sqlite3_extended_result_codes(s->db, 0);
	rc = identify(s->db, &id, &version, &tables);
	if (rc)
		return rc;
	if (tables && (id != APPLICATION_ID || version != FORMAT))
		return SQLITE_NOTADB;
	if (!tables) {
		sqlite3_exec(s->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
		rc = sqlite3_exec(s->db, schema, NULL, NULL, NULL);
		if (rc)
			return rc;
	}
	sqlite3_exec(s->db, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
	return sqlite3_prepare_v2(s->db, "SELECT value, sum FROM entry WHERE kind = ? AND key = ?",
				  -1, &s->get, NULL);
}

static void shut(struct store *s)
{
	sqlite3_finalize(s->get);
	sqlite3_close(s->db);
	s->get = NULL;
	s->db = NULL;
}

static void rename_journal(const char *path, const char *to, const char *suffix)
{
	char *from = xasprintf("%s%s", path, suffix), *name = xasprintf("%s%s", to, suffix);

	if (rename(from, name))
		unlink(from);
	free(from);
	free(name);
}

/* Rename the file with its journals, so that nothing of it is lost. */
static char *set_aside(const char *path)
{
	char *to = xasprintf("%s.damaged-%lld-%d", path, (long long)time(NULL), (int)getpid());
	char *text;

	if (rename(path, to)) {
		text = xasprintf(
			"the cache %s is damaged or not icrfix's, and cannot be renamed: %s", path,
			strerror(errno));
	} else {
		text = xasprintf("the cache %s was damaged or not icrfix's; it is now %s", path,
				 to);
		rename_journal(path, to, "-wal");
		rename_journal(path, to, "-shm");
	}
	free(to);
	return text;
}

static int open_once(struct store *s)
{
	int rc = sqlite3_open_v2(s->path, &s->db,
				 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
				 NULL);

	return rc ? rc : prepare(s);
}

int store_open(struct store **store, const char *path, char **warning, struct err *err)
{
	struct store *s = xcalloc(1, sizeof(*s));
	int rc;

	*warning = NULL;
	pthread_mutex_init(&s->lock, NULL);
	s->path = xstrdup(path);
	make_parents(path);
	rc = open_once(s);
	if (rc == SQLITE_NOTADB || rc == SQLITE_CORRUPT || rc == SQLITE_FORMAT) {
		shut(s);
		*warning = set_aside(path);
		rc = open_once(s);
	}
	if (!rc) {
		*store = s;
		return 0;
	}
	err_set(err, "cannot use the cache %s: %s", path,
		s->db ? sqlite3_errmsg(s->db) : sqlite3_errstr(rc));
	shut(s);
	free(s->path);
	free(s);
	return -1;
}

struct store *store_in_memory(void)
{
	struct store *s = xcalloc(1, sizeof(*s));

	pthread_mutex_init(&s->lock, NULL);
	return s;
}

static int get_row(struct store *s, const char *kind, const char *key, struct buf *value)
{
	const void *p = sqlite3_column_blob(s->get, 0);
	size_t n = (size_t)sqlite3_column_bytes(s->get, 0);

	if (sqlite3_column_int64(s->get, 1) != checksum(kind, key, p ? p : "", n)) {
		s->damaged = true;
		return 0;
	}
	buf_clear(value);
	buf_add(value, p ? p : "", n);
	return 1;
}

static int by_key(const void *pa, const void *pb)
{
	const struct pending *a = pa, *b = pb;
	int c = strcmp(a->kind, b->kind);

	return c ? c : strcmp(a->key, b->key);
}

static int get_pending(struct store *s, const char *kind, const char *key, struct buf *value)
{
	const struct pending wanted = { (char *)(uintptr_t)kind, (char *)(uintptr_t)key, NULL, 0 };
	struct pending *const *found = tfind(&wanted, &s->index, by_key);

	if (!found)
		return 0;
	buf_clear(value);
	buf_add(value, (*found)->value, (*found)->len);
	return 1;
}

static int get_written(struct store *s, const char *kind, const char *key, struct buf *value)
{
	int rc, found = 0;

	sqlite3_bind_text(s->get, 1, kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(s->get, 2, key, -1, SQLITE_STATIC);
	rc = sqlite3_step(s->get);
	if (rc == SQLITE_ROW)
		found = get_row(s, kind, key, value);
	else if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB)
		s->damaged = true;
	sqlite3_reset(s->get);
	return found;
}

int store_get(struct store *s, const char *kind, const char *key, struct buf *value)
{
	int found;

	if (!s)
		return 0;
	pthread_mutex_lock(&s->lock);
	found = get_pending(s, kind, key, value);
	if (!found && s->db)
		found = get_written(s, kind, key, value);
	pthread_mutex_unlock(&s->lock);
	return found;
}

static void pending_free(struct pending *e)
{
	free(e->kind);
	free(e->key);
	free(e->value);
	free(e);
}

void store_put(struct store *s, const char *kind, const char *key, const void *p, size_t n)
{
	struct pending *e;

	if (!s)
		return;
	e = xmalloc(sizeof(*e));
	*e = (struct pending){ xstrdup(kind), xstrdup(key), xmemdup(p, n), n };
	pthread_mutex_lock(&s->lock);
	if (tfind(e, &s->index, by_key)) {
		/* The same key says the same thing. */
		pending_free(e);
	} else {
		GROW(s->pending, s->n, s->cap);
		s->pending[s->n++] = e;
		tsearch(e, &s->index, by_key);
	}
	pthread_mutex_unlock(&s->lock);
}

static int write_pending(struct store *s)
{
	sqlite3_stmt *st;
	int rc = sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

	if (rc)
		return rc;
	rc = sqlite3_prepare_v2(s->db, "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", -1, &st,
				NULL);
	for (size_t i = 0; !rc && i < s->n; i++) {
		const struct pending *e = s->pending[i];

		sqlite3_bind_text(st, 1, e->kind, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 2, e->key, -1, SQLITE_STATIC);
		sqlite3_bind_blob64(st, 3, e->value, e->len, SQLITE_STATIC);
		sqlite3_bind_int64(st, 4, checksum(e->kind, e->key, e->value, e->len));
		rc = sqlite3_step(st);
		rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	if (rc) {
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
		return rc;
	}
	return sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
}

static void drop_pending(struct store *s)
{
	while (s->n) {
		struct pending *e = s->pending[--s->n];

		tdelete(e, &s->index, by_key);
		pending_free(e);
	}
}

void store_flush(struct store *s)
{
	int rc = SQLITE_OK;

	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	if (s->db && s->n && !s->damaged)
		rc = write_pending(s);
	s->damaged |= rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB;
	drop_pending(s);
	pthread_mutex_unlock(&s->lock);
}

void store_close(struct store *s, char **warning)
{
	*warning = NULL;
	if (!s)
		return;
	if (s->db && s->n && !s->damaged) {
		int rc = write_pending(s);

		if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB)
			s->damaged = true;
		else if (rc)
			*warning = xasprintf("the cache %s was not written: %s", s->path,
					     sqlite3_errstr(rc));
	}
	shut(s);
	if (s->damaged) {
		free(*warning);
		*warning = set_aside(s->path);
	}
	drop_pending(s);
	free(s->pending);
	free(s->path);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

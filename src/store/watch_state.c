// SPDX-License-Identifier: GPL-2.0-only
#include "watch_state.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "watch_db.h"

struct watch_state {
	struct watch_db db;
	int64_t watch; /* its number */
	int64_t cursor;
	int lock;
};

int watch_state_open(struct watch_state **state, const char *dir, const struct watch_key *key,
		     struct err *err)
{
	struct watch_state *s = xcalloc(1, sizeof(*s));
	int rc;

	s->lock = -1;
	rc = watch_db_open(&s->db, dir, err);
	if (!rc) {
		watch_db_begin(&s->db);
		watch_db_run(&s->db,
			     "INSERT OR IGNORE INTO watch (archive, query, repo) VALUES (?, ?, ?)",
			     "ttt", key->archive, key->query, key->repo);
		s->watch = watch_db_number(&s->db,
					   "SELECT id FROM watch WHERE archive = ? AND query = ?"
					   " AND repo = ?",
					   "ttt", key->archive, key->query, key->repo);
		rc = watch_db_end(&s->db, err);
	}
	if (!rc)
		rc = watch_db_lock(&s->db, s->watch, &s->lock, err);
	if (!rc) {
		s->cursor = watch_db_number(&s->db, "SELECT cursor FROM watch WHERE id = ?", "i",
					    s->watch);
		rc = watch_db_check(&s->db, err);
	}
	if (rc)
		watch_state_close(s);
	else
		*state = s;
	return rc;
}

void watch_state_close(struct watch_state *s)
{
	if (!s)
		return;
	watch_db_close(&s->db);
	if (s->lock >= 0)
		close(s->lock);
	free(s);
}

int64_t watch_state_cursor(const struct watch_state *s)
{
	return s->cursor;
}

static int64_t posting_of(struct watch_state *s, const char *message_id)
{
	return watch_db_number(&s->db,
			       "SELECT posting FROM mail WHERE watch = ? AND message_id = ?", "it",
			       s->watch, message_id);
}

static void set_posting(struct watch_state *s, const char *message_id, int64_t posting)
{
	watch_db_run(&s->db, "INSERT OR IGNORE INTO mail VALUES (?, ?, ?)", "iti", s->watch,
		     message_id, posting);
}

static void add_posting(struct watch_state *s, const struct watch_mail *m, int64_t now)
{
	watch_db_run(&s->db, "INSERT INTO posting (watch, message_id, date) VALUES (?, ?, ?)",
		     "iti", s->watch, m->message_id, m->date < now ? m->date : now);
	set_posting(s, m->message_id, sqlite3_last_insert_rowid(s->db.sql));
}

int watch_state_note(struct watch_state *s, int64_t cursor, int64_t now,
		     const struct watch_mail *mails, size_t n, size_t *fresh, struct err *err)
{
	*fresh = 0;
	watch_db_begin(&s->db);
	for (size_t i = 0; i < n; i++) {
		if (posting_of(s, mails[i].message_id))
			continue;
		add_posting(s, &mails[i], now);
		++*fresh;
	}
	watch_db_run(&s->db, "UPDATE watch SET cursor = ? WHERE id = ?", "ii", cursor, s->watch);
	if (watch_db_end(&s->db, err))
		return -1;
	s->cursor = cursor;
	return 0;
}

/* Older revisions first; three runs that ended at one are needed to change that. */
int watch_state_todo(struct watch_state *s, struct watch_ids *out, struct err *err)
{
	sqlite3_stmt *st =
		watch_db_query(&s->db,
			       "SELECT id FROM posting p WHERE watch = ? AND todo ORDER BY"
			       " (SELECT max(begun) FROM posting b WHERE b.todo AND (b.id = p.id OR"
			       " b.series = p.series)) / 3, date, id",
			       "i", s->watch);

	*out = (struct watch_ids){ NULL, 0, 0 };
	while (watch_db_step(&s->db, st)) {
		GROW(out->v, out->n, out->cap);
		out->v[out->n++] = sqlite3_column_int64(st, 0);
	}
	return watch_db_check(&s->db, err);
}

static bool load_todo(struct watch_state *s, int64_t posting, struct watch_todo *out)
{
	sqlite3_stmt *st = watch_db_query(&s->db,
					  "SELECT message_id, date, begun, failed, round"
					  " FROM posting WHERE id = ? AND watch = ? AND todo",
					  "ii", posting, s->watch);

	*out = (struct watch_todo){ .posting = posting };
	while (watch_db_step(&s->db, st)) {
		out->message_id = watch_db_text(st, 0);
		out->date = sqlite3_column_int64(st, 1);
		out->begun = sqlite3_column_int64(st, 2);
		out->failed = sqlite3_column_int64(st, 3);
		out->round = sqlite3_column_int64(st, 4);
	}
	return out->message_id != NULL;
}

int watch_state_begin(struct watch_state *s, int64_t posting, struct watch_todo *out,
		      struct err *err)
{
	bool there;

	watch_db_begin(&s->db);
	watch_db_run(&s->db, "UPDATE posting SET begun = begun + 1 WHERE id = ? AND todo", "i",
		     posting);
	there = load_todo(s, posting, out);
	if (!watch_db_end(&s->db, err))
		return there;
	watch_todo_release(out);
	return -1;
}

/* The posting that has been looked at and owns one of the mails, else the one at hand. */
static int64_t owner_of(struct watch_state *s, const struct strv *mails, int64_t at_hand)
{
	for (size_t i = 0; i < mails->n; i++) {
		int64_t done =
			watch_db_number(&s->db,
					"SELECT p.id FROM mail m JOIN posting p ON p.id = m.posting"
					" WHERE m.watch = ? AND m.message_id = ? AND NOT p.todo",
					"it", s->watch, mails->v[i]);

		if (done)
			return done;
	}
	return at_hand;
}

static void absorb(struct watch_state *s, int64_t posting, int64_t into)
{
	watch_db_run(&s->db, "UPDATE mail SET posting = ? WHERE posting = ?", "ii", into, posting);
	watch_db_run(&s->db,
		     "UPDATE posting SET date = min(date,"
		     " (SELECT date FROM posting WHERE id = ?)) WHERE id = ?",
		     "ii", posting, into);
	watch_db_run(&s->db, "DELETE FROM posting WHERE id = ?", "i", posting);
}

/* All of its mails are the owner's, with what else stood under their names to be looked at. */
static void take_mails(struct watch_state *s, const struct strv *mails, int64_t owner)
{
	for (size_t i = 0; i < mails->n; i++) {
		int64_t other =
			watch_db_number(&s->db,
					"SELECT p.id FROM mail m JOIN posting p ON p.id = m.posting"
					" WHERE m.watch = ? AND m.message_id = ? AND p.todo",
					"it", s->watch, mails->v[i]);

		if (other && other != owner)
			absorb(s, other, owner);
		set_posting(s, mails->v[i], owner);
	}
}

static int64_t series_named(struct watch_state *s, const struct strv *names)
{
	int64_t series = 0;

	for (size_t i = 0; !series && i < names->n; i++)
		series = watch_db_number(&s->db,
					 "SELECT series FROM name WHERE watch = ? AND name = ?",
					 "it", s->watch, names->v[i]);
	return series;
}

static int64_t series_of_mails(struct watch_state *s, const struct strv *mails)
{
	int64_t series = 0;

	for (size_t i = 0; !series && i < mails->n; i++)
		series = watch_db_number(
			&s->db,
			"SELECT p.series FROM mail m JOIN posting p ON p.id = m.posting"
			" WHERE m.watch = ? AND m.message_id = ?",
			"it", s->watch, mails->v[i]);
	return series;
}

static void add_names(struct watch_state *s, const struct strv *names, int64_t series)
{
	for (size_t i = 0; i < names->n; i++)
		watch_db_run(&s->db, "INSERT OR IGNORE INTO name VALUES (?, ?, ?)", "iti", s->watch,
			     names->v[i], series);
}

static int64_t find_series(struct watch_state *s, int64_t owner, const struct watch_posting *p)
{
	int64_t series =
		watch_db_number(&s->db, "SELECT series FROM posting WHERE id = ?", "i", owner);

	if (!series)
		series = series_named(s, &p->names);
	if (!series)
		series = series_of_mails(s, &p->kin);
	if (!series && p->revision > 1)
		series = series_named(s, &p->likenesses);
	if (!series) {
		watch_db_run(&s->db, "INSERT INTO series (watch) VALUES (?)", "i", s->watch);
		series = sqlite3_last_insert_rowid(s->db.sql);
	}
	add_names(s, &p->names, series);
	add_names(s, &p->likenesses, series);
	return series;
}

static void load_before(struct watch_state *s, int64_t series, int revision,
			struct watch_before *out)
{
	sqlite3_stmt *st = watch_db_query(
		&s->db,
		"SELECT revision, message_id, findings, whole FROM posting WHERE series = ?"
		" AND findings IS NOT NULL AND revision <= ?"
		" ORDER BY revision DESC, id DESC LIMIT 1",
		"ii", series, (int64_t)revision);

	while (watch_db_step(&s->db, st)) {
		out->revision = sqlite3_column_int(st, 0);
		out->message_id = watch_db_text(st, 1);
		out->findings = watch_db_text(st, 2);
		out->whole = sqlite3_column_int(st, 3);
	}
}

/* The owner was looked at: only what it lacked then makes it worth another look. */
static bool is_known(struct watch_state *s, int64_t owner, const struct watch_posting *p)
{
	return !p->complete ||
	       watch_db_number(&s->db,
			       "SELECT count(*) FROM posting WHERE id = ? AND (complete OR"
			       " digest = ?)",
			       "it", owner, p->digest);
}

static enum watch_claim judge(struct watch_state *s, int64_t series, int64_t owner,
			      const struct watch_posting *p)
{
	static const char linted[] = "SELECT count(*) FROM posting WHERE series = ? AND id != ?"
				     " AND findings IS NOT NULL AND ";
	char *newer = xasprintf("%srevision > ?", linted);
	char *same = xasprintf("%srevision = ? AND digest = ?", linted);
	enum watch_claim claim = WATCH_FRESH;

	if (watch_db_number(&s->db, same, "iiit", series, owner, (int64_t)p->revision, p->digest))
		claim = WATCH_REPEATED;
	else if (!p->complete &&
		 watch_db_number(&s->db, newer, "iii", series, owner, (int64_t)p->revision))
		claim = WATCH_SUPERSEDED;
	free(newer);
	free(same);
	return claim;
}

/* The posting at hand lives on in one that was looked at while patches were missing. */
static void reopen(struct watch_state *s, struct watch_todo *todo, int64_t owner)
{
	struct watch_todo old = *todo;

	watch_db_run(&s->db, "UPDATE posting SET todo = 1, begun = ?, failed = ? WHERE id = ?",
		     "iii", old.begun, old.failed, owner);
	load_todo(s, owner, todo);
	watch_todo_release(&old);
}

static enum watch_claim claim_posting(struct watch_state *s, struct watch_todo *todo,
				      const struct watch_posting *p, struct watch_before *before)
{
	int64_t owner = owner_of(s, &p->mails, todo->posting), series;
	enum watch_claim claim;

	take_mails(s, &p->mails, owner);
	series = find_series(s, owner, p);
	if (owner != todo->posting) {
		if (is_known(s, owner, p))
			return WATCH_KNOWN;
		reopen(s, todo, owner);
	}
	watch_db_run(&s->db,
		     "UPDATE posting SET series = ?, revision = ?, message_id = ? WHERE id = ?",
		     "iiti", series, (int64_t)p->revision, p->mails.v[0], owner);
	claim = judge(s, series, owner, p);
	if (claim == WATCH_FRESH)
		load_before(s, series, p->revision, before);
	else
		watch_db_run(&s->db,
			     "UPDATE posting SET todo = 0, complete = ?, digest = ? WHERE id = ?",
			     "iti", (int64_t)p->complete, p->digest, owner);
	return claim;
}

int watch_state_claim(struct watch_state *s, struct watch_todo *todo, const struct watch_posting *p,
		      enum watch_claim *claim, struct watch_before *before, struct err *err)
{
	*before = (struct watch_before){ .revision = 0 };
	watch_db_begin(&s->db);
	*claim = claim_posting(s, todo, p, before);
	if (!watch_db_end(&s->db, err))
		return 0;
	watch_before_release(before);
	return -1;
}

int watch_state_put_back(struct watch_state *s, const struct watch_todo *todo, struct err *err)
{
	watch_db_begin(&s->db);
	watch_db_run(&s->db, "UPDATE posting SET begun = 0 WHERE id = ?", "i", todo->posting);
	return watch_db_end(&s->db, err);
}

int watch_state_again(struct watch_state *s, const struct watch_todo *todo, struct err *err)
{
	watch_db_begin(&s->db);
	watch_db_run(&s->db, "UPDATE posting SET begun = 0, failed = failed + 1 WHERE id = ?", "i",
		     todo->posting);
	return watch_db_end(&s->db, err);
}

int watch_state_finish(struct watch_state *s, const struct watch_todo *todo,
		       const struct watch_outcome *o, struct err *err)
{
	const struct watch_result *r = o->result;

	watch_db_begin(&s->db);
	watch_db_run(&s->db,
		     "UPDATE posting SET todo = 0, begun = 0, failed = 0, round = round + 1,"
		     " complete = ?, whole = ?, digest = ?, findings = ? WHERE id = ?",
		     "iitti", (int64_t)o->complete, (int64_t)o->whole, o->digest, o->findings,
		     todo->posting);
	if (r)
		watch_db_run(&s->db,
			     "INSERT INTO result (watch, created, delivery, name, subject,"
			     " reply_to, text, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			     "iitttttt", s->watch, r->created, r->delivery, r->name, r->subject,
			     r->reply_to, r->text, r->json);
	return watch_db_end(&s->db, err);
}

int watch_state_result(struct watch_state *s, int64_t after, struct watch_result *out,
		       struct err *err)
{
	sqlite3_stmt *st = watch_db_query(&s->db,
					  "SELECT id, created, delivery, name, subject, reply_to,"
					  " text, json FROM result WHERE watch = ? AND id > ?"
					  " ORDER BY id LIMIT 1",
					  "ii", s->watch, after);

	*out = (struct watch_result){ .id = 0 };
	while (watch_db_step(&s->db, st))
		*out = (struct watch_result){
			.id = sqlite3_column_int64(st, 0),
			.created = sqlite3_column_int64(st, 1),
			.delivery = watch_db_text(st, 2),
			.name = watch_db_text(st, 3),
			.subject = watch_db_text(st, 4),
			.reply_to = watch_db_text(st, 5),
			.text = watch_db_text(st, 6),
			.json = watch_db_text(st, 7),
		};
	if (watch_db_check(&s->db, err)) {
		watch_result_release(out);
		return -1;
	}
	return out->id != 0;
}

int watch_state_delivered(struct watch_state *s, int64_t result, struct err *err)
{
	watch_db_begin(&s->db);
	watch_db_run(&s->db, "DELETE FROM result WHERE id = ?", "i", result);
	return watch_db_end(&s->db, err);
}

void watch_todo_release(struct watch_todo *todo)
{
	free(todo->message_id);
	todo->message_id = NULL;
}

void watch_posting_release(struct watch_posting *p)
{
	strv_release(&p->mails);
	strv_release(&p->kin);
	strv_release(&p->names);
	strv_release(&p->likenesses);
}

void watch_before_release(struct watch_before *b)
{
	free(b->message_id);
	free(b->findings);
	*b = (struct watch_before){ .revision = 0 };
}

void watch_result_release(struct watch_result *r)
{
	free(r->delivery);
	free(r->name);
	free(r->subject);
	free(r->reply_to);
	free(r->text);
	free(r->json);
	*r = (struct watch_result){ .id = 0 };
}
